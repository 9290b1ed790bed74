import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTemplateOf } from "../../../src/core/event/template/of-event.ts";
import { parseTemplate } from "../../../src/core/event/template/parse.ts";
import { renderTemplate } from "../../../src/core/event/template/render.ts";
import { seededRandom } from "../../world.ts";

const uuid = "550e8400-e29b-41d4-a716-446655440000";
const now = Date.parse("2026-11-25T12:00:00.000Z");
const event = (detail: unknown, resources: readonly string[] = []) => ({
  source: "shop",
  detailType: "T",
  detail,
  resources,
  time: Date.parse("2026-01-02T03:04:05Z"),
});
const render = (made: { template: object }, given = {}) => {
  const template = parseTemplate("t.json", JSON.stringify(made.template), made.template);
  const [first] = renderTemplate(template, given, { now, random: seededRandom(3), index: 0 });
  return first as { detail: Record<string, unknown>; resources: string[]; time: string };
};

describe("a template of an event", () => {
  it("makes the event again, with ids and times of its own, the same wherever one stands", () => {
    const detail = {
      id: uuid,
      at: "2026-01-02T03:04:05Z",
      ms: 1767323045123,
      day: "2026-01-02",
      order: { id: 7, parent: uuid, lines: [{ of: `order/${uuid}`, id: "x" }] },
    };
    const made = makeTemplateOf(event(detail, [`arn:aws:s3:::b/${uuid}`]), "d");
    const { detail: again, resources, time } = render(made);
    expect(again).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: "2026-11-25T12:00:00.000Z",
      ms: now,
      day: "2026-11-25",
      order: { id: 7, parent: again.id, lines: [{ of: `order/${again.id}`, id: "x" }] },
    });
    expect(again.id).not.toBe(uuid);
    expect([resources, time]).toEqual([[`arn:aws:s3:::b/${again.id}`], "2026-11-25T12:00:00.000Z"]);
    expect(render(made, { orderId: 8, id: "mine" }).detail).toMatchObject({
      id: "mine",
      order: { id: 8, parent: "mine" },
    });
  });

  it("keeps no secret, wherever it stands", () => {
    const token = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    const made = makeTemplateOf(
      event({ a: { b: { c: { d: [{ token }] } } }, mail: "ana@shop.example.com" }),
      "d",
    );
    expect(JSON.stringify(made.template)).not.toContain(token);
    expect(JSON.stringify(made.template)).not.toContain("ana@");
    expect(made.left).toEqual(["detail.a.b.c.d[0].token"]);
    expect(render(made, { token: "t" }).detail).toMatchObject({
      a: { b: { c: { d: [{ token: "t" }] } } },
      mail: expect.stringMatching(/^[0-9a-f]{6}@example\.com$/),
    });
  });

  it("makes any detail again", () => {
    const key = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom("$eval", "now", "${x}", "uuid", "in", "a.b"),
    );
    const text = fc.oneof(fc.string(), fc.constantFrom("${now}", "$${a}", "$", "é\n"));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.integer(),
        fc.double({ noDefaultInfinity: true, noNaN: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 5 }), (made) => {
        const detail = JSON.parse(JSON.stringify(made));
        const { template, left } = makeTemplateOf(event(detail), "d");
        fc.pre(left.length === 0);
        expect(render({ template: JSON.parse(JSON.stringify(template)) }).detail).toEqual(detail);
      }),
      { numRuns: 300 },
    );
  });
});
