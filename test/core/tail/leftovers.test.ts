import { describe, expect, it } from "vitest";
import { planSweep } from "../../../src/core/tail/leftovers.ts";
import { renderTags } from "../../../src/core/tail/tags.ts";

const minute = 60_000;
const now = Date.parse("2026-11-23T20:00:00Z");
const name = (hex: string) => `evb-tail-20261123t180000z-${hex.repeat(8)}`;
const tags = (ageMinutes: number, expiresInMinutes: number | undefined) =>
  renderTags({
    owner: "ana",
    created: now - ageMinutes * minute,
    expires: expiresInMinutes === undefined ? undefined : now + expiresInMinutes * minute,
  });
const states = (parts: Parameters<typeof planSweep>[0]) =>
  planSweep(parts, now, 60 * minute).map(({ name: found, state }) => [found.at(-1), state]);

describe("what a crashed tail left", () => {
  it("is old and expired; what is at work, kept or young stays", () => {
    expect(
      states([
        { name: name("a"), tags: tags(120, -60), queueUrl: "a" },
        { name: name("b"), tags: tags(180, 3), queueUrl: "b" },
        { name: name("c"), tags: tags(240, undefined), queueUrl: "c" },
        { name: name("d"), tags: tags(10, -1), queueUrl: "d" },
      ]),
    ).toEqual([
      ["c", "kept"],
      ["b", "running"],
      ["a", "expired"],
      ["d", "young"],
    ]);
  });

  it("is one thing: a rule and its queue, or the one of the two that is left", () => {
    const both = planSweep(
      [
        { name: name("a"), tags: tags(120, -60), queueUrl: "url" },
        { name: name("a"), tags: tags(120, -60), bus: "orders" },
        { name: name("b"), tags: tags(90, -60), bus: "users" },
      ],
      now,
      0,
    );
    expect(both.map(({ bus, queueUrl }) => [bus, queueUrl])).toEqual([
      ["orders", "url"],
      ["users", undefined],
    ]);
    expect(both[0]!.age).toBe(120 * minute);
  });

  it("is at work while either of the two is renewed", () => {
    const queue = { name: name("a"), tags: tags(120, 3), queueUrl: "url" };
    const rule = { name: name("a"), tags: tags(120, -60), bus: "orders" };
    expect(states([queue, rule])).toEqual([["a", "running"]]);
    expect(states([rule, queue])).toEqual([["a", "running"]]);
  });

  it("is nothing that has our name or our tags alone", () => {
    expect(
      states([
        { name: "evb-tail-orders", tags: tags(120, -60), queueUrl: "a" },
        { name: name("b"), tags: {}, queueUrl: "b" },
        { name: "orders", tags: tags(120, -60), bus: "orders" },
      ]),
    ).toEqual([]);
  });
});
