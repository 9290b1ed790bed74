import { describe, expect, it } from "vitest";
import { makeTailName, parseTemporaryName } from "../../../src/core/tail/name.ts";
import { seededRandom } from "../../world.ts";

const now = Date.parse("2026-11-23T19:53:12.345Z");

describe("the name of a tail", () => {
  it("says when it began, and is unlike any other", () => {
    const random = seededRandom(7);
    const names = Array.from({ length: 200 }, () => makeTailName(now, random));
    expect(names[0]).toMatch(/^evb-tail-20261123t195312z-[0-9a-f]{8}$/);
    expect(new Set(names).size).toBe(200);
    expect(names.map(parseTemporaryName)).toEqual(names.map(() => now - 345));
  });

  it("fits a rule (64 characters) and a queue (80)", () => {
    expect(makeTailName(now, seededRandom(1)).length).toBeLessThanOrEqual(64);
  });

  it.each([
    "evb-tail-",
    "evb-tail-orders",
    "evb-tail-20261123t195312z",
    "evb-tail-20261123t195312z-4f1c9a2b-more",
    "my-evb-tail-20261123t195312z-4f1c9a2b",
    "evb-tail-20269923t195312z-4f1c9a2b",
    "EVB-TAIL-20261123t195312z-4f1c9a2b",
  ])("is not %s", (name) => {
    expect(parseTemporaryName(name)).toBeUndefined();
  });
});
