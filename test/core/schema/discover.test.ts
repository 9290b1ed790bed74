import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discoverSchema, levelsOf } from "../../../src/core/schema/discover.ts";
import { renderDraft4 } from "../../../src/core/schema/draft4.ts";
import { inferSchema, mergeSchemas } from "../../../src/core/schema/infer.ts";
import { schemaNameOf } from "../../../src/core/schema/name.ts";
import { isRecord, type SchemaNode } from "../../../src/core/schema/node.ts";
import { parseEventSchema } from "../../../src/core/schema/parse.ts";

const event = (detail: unknown) => ({ source: "s", "detail-type": "T", detail });
const learn = (detail: unknown, before?: string) => JSON.stringify(discoverSchema([event(detail)], before));
const details = fc.dictionary(
  fc.string({ maxLength: 4 }),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
  {
    maxKeys: 5,
  },
);

/** Whether a value is one that a schema of discovery allows. */
function allows(node: SchemaNode, value: unknown): boolean {
  if (value === null) return node.nullable === true || node.type === undefined;
  if (node.anyOf !== undefined) return node.anyOf.some((kind) => allows(kind, value));
  if (Array.isArray(value))
    return node.type === "array" && value.every((item) => allows(node.items ?? {}, item));
  if (isRecord(value)) {
    if (node.type !== "object") return false;
    const names = Object.keys(value);
    const isKnown = (name: string) =>
      Object.hasOwn(node.properties ?? {}, name) && allows(node.properties![name]!, value[name]);
    return (
      (node.required ?? []).every((name) => names.includes(name)) &&
      (node.properties === undefined || names.every(isKnown))
    );
  }
  return node.type === typeof value;
}

describe("discovery", () => {
  it("learns a schema that the events keep to", () => {
    fc.assert(
      fc.property(details, details, (a, b) => {
        const schema = parseEventSchema(learn(b, learn(a)))!;
        const detail = schema.inline(schema.detail);
        for (const value of [a, b]) expect(allows(detail, value)).toBe(true);
      }),
    );
  });

  it("learns nothing from what it has seen before, in whatever order", () => {
    fc.assert(
      fc.property(details, details, (a, b) => {
        const both = learn(b, learn(a));
        expect(learn(a, both)).toBe(both);
        expect(learn(b, both)).toBe(both);
      }),
    );
  });

  it("keeps in place what a list has of several kinds", () => {
    expect(inferSchema([1, "x", null, { a: 1 }, { a: 1.5, b: "y" }])).toEqual({
      type: "array",
      items: {
        anyOf: [
          { type: "number", format: "int64" },
          { type: "string" },
          {
            type: "object",
            required: ["a"],
            properties: { a: { type: "number", format: "double" }, b: { type: "string" } },
          },
        ],
        nullable: true,
      },
    });
  });

  it("forgets a format that not all have", () => {
    const time = inferSchema("2026-11-23T19:00:00.5+01:00");
    expect(time).toEqual({ type: "string", format: "date-time" });
    expect(mergeSchemas(time, inferSchema("soon"))).toEqual({ type: "string" });
    expect(inferSchema("2026-13-40T99:00:00Z")).toEqual({ type: "string" });
  });

  it("gives objects of the same name names of their own", () => {
    const document = discoverSchema([event({ a: { part: { x: 1 } }, b: { part: { y: 1 } }, t: { z: 1 } })]);
    const { schemas } = (document as { components: { schemas: object } }).components;
    expect(Object.keys(schemas)).toEqual(["AWSEvent", "T", "A", "Part", "B", "Part_1", "T_1"]);
  });

  it("takes names that objects have by birth for names like any other", () => {
    const detail = JSON.parse('{"__proto__": {"a": 1}, "toString": {"b": "x"}}');
    const text = learn(detail, learn({ c: 1 }));
    const schema = parseEventSchema(text)!;
    expect(allows(schema.inline(schema.detail), detail)).toBe(true);
    expect(learn(detail, text)).toBe(text);
  });

  it("counts levels no further than asked", () => {
    expect(levelsOf({ a: { b: [1] } }, 10)).toBe(3);
    expect(levelsOf(1, 10)).toBe(0);
  });

  it.each([
    ["aws.ec2", "EC2 Instance State-change Notification", "aws.ec2@EC2InstanceState-changeNotification"],
    ["a b", "X/Y é", "a-b@X-Y-"],
  ])("calls the schema of %s, %s: %s", (source, detailType, name) =>
    expect(schemaNameOf(source, detailType)).toBe(name),
  );
});

describe("Draft 4", () => {
  it("writes null as a type, and leaves alone what is only called nullable", () => {
    const document = discoverSchema([
      event({ n: null, nullable: { nullable: true } }),
      event({ n: "x", nullable: {} }),
    ]);
    expect(renderDraft4(document)).toMatchObject({
      definitions: {
        T: { properties: { n: { type: ["string", "null"] }, nullable: { $ref: "#/definitions/Nullable" } } },
        Nullable: { properties: { nullable: { type: "boolean" } } },
      },
    });
  });

  it("is read as the OpenAPI document is", () => {
    const document = discoverSchema([event({ a: { b: 1 } })]);
    const [one, other] = [document, renderDraft4(document)].map(
      (text) => parseEventSchema(JSON.stringify(text))!,
    );
    expect(other!.inline(other!.detail)).toEqual(one!.inline(one!.detail));
    expect([other!.source, other!.detailType]).toEqual(["s", "T"]);
  });
});
