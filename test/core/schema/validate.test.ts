import { describe, expect, it } from "vitest";
import { renderMismatch } from "../../../src/core/schema/mismatch.ts";
import { parseEventSchema } from "../../../src/core/schema/parse.ts";
import { compileDetail } from "../../../src/core/schema/validate.ts";

function check(document: object, detail: unknown): readonly string[] | string {
  const content = JSON.stringify(document);
  const compiled = compileDetail(content, parseEventSchema(content)!);
  return typeof compiled === "string" ? compiled : compiled(detail).map(renderMismatch);
}

const draft4 = (schema: object) => ({ $schema: "http://json-schema.org/draft-04/schema#", ...schema });
/** As the registry keeps the events of a bus. */
const openApi = (detail: object, others: object = {}) => ({
  openapi: "3.0.0",
  info: { title: "T", version: "1.0.0" },
  paths: {},
  components: {
    schemas: {
      AWSEvent: {
        type: "object",
        required: ["detail-type", "detail", "source"],
        "x-amazon-events-detail-type": "T",
        "x-amazon-events-source": "shop",
        properties: { detail: { $ref: "#/components/schemas/T" }, "detail-type": { type: "string" } },
      },
      T: detail,
      ...others,
    },
  },
});
const field = (schema: object) => draft4({ type: "object", properties: { a: schema } });

describe("what is wrong with a detail", () => {
  it.each([
    [field({ type: "number" }), { a: "12" }, ['detail.a: wanted a number, found "12"']],
    [field({ multipleOf: 0.1 }), { a: 21.4 }, []],
    [field({ multipleOf: 0.1 }), { a: 21.45 }, ["detail.a: wanted a multiple of 0.1, found 21.45"]],
    [
      field({ type: ["integer", "null"] }),
      { a: [] },
      ["detail.a: wanted an integer or null, found an array"],
    ],
    [field({ enum: ["x", 1] }), { a: "y" }, ['detail.a: wanted one of "x", 1, found "y"']],
    [field({ minimum: 2 }), { a: 1 }, ["detail.a: wanted a number >= 2, found 1"]],
    // Draft 4 writes this as a flag.
    [field({ minimum: 2, exclusiveMinimum: true }), { a: 2 }, ["detail.a: wanted a number > 2, found 2"]],
    [
      field({ pattern: "^[\\w\\-]+$" }),
      { a: "ü" },
      ['detail.a: wanted a text that matches /^[\\w\\-]+$/, found "ü"'],
    ],
    [
      field({ format: "date-time" }),
      { a: "today" },
      ['detail.a: wanted the format date-time, found "today"'],
    ],
    [field({ format: "unheard-of" }), { a: "today" }, []],
    [
      field({ maxLength: 2 }),
      { a: "x".repeat(99) },
      [`detail.a: wanted at most 2 characters, found "${"x".repeat(58)}…`],
    ],
    [
      draft4({ required: ["a", "b"] }),
      {},
      [
        "detail.a: wanted a value (it is required), found nothing",
        "detail.b: wanted a value (it is required), found nothing",
      ],
    ],
    [
      draft4({ properties: { total: {} }, additionalProperties: false }),
      { totl: 1 },
      ["detail.totl: wanted no such field (is total meant?), found 1"],
    ],
    [
      draft4({
        properties: { items: { type: "array", items: { properties: { "a.b": { type: "string" } } } } },
      }),
      { items: [{}, { "a.b": 1 }] },
      ['detail.items[1]["a.b"]: wanted a string, found 1'],
    ],
    [
      field({ anyOf: [{ type: "string" }, { type: "object", required: ["x"] }] }),
      { a: {} },
      [
        "detail.a: wanted one of the forms that the schema allows: detail.a as a string, or detail.a.x as a value (it is required), found an object",
      ],
    ],
    [
      field({ oneOf: [{ type: "number" }, { minimum: 1 }] }),
      { a: 3 },
      ["detail.a: wanted just one of the forms that the schema allows (several fit), found 3"],
    ],
    [openApi({ properties: { a: { type: "string", nullable: true } } }), { a: null }, []],
    [
      openApi({ properties: { a: { type: "string", nullable: true } } }),
      { a: 1 },
      ["detail.a: wanted a string, found 1"],
    ],
    [
      openApi(
        { properties: { a: { $ref: "#/components/schemas/Sub~1Part" } } },
        { "Sub/Part": { type: "object", required: ["id"] } },
      ),
      { a: {} },
      ["detail.a.id: wanted a value (it is required), found nothing"],
    ],
    // Words of OpenAPI that say nothing of what is allowed, and an example that looks like a schema with an id.
    [
      openApi({
        example: { id: "x" },
        required: [],
        properties: { id: { type: "string", example: { id: "x" } } },
      }),
      { id: "x" },
      [],
    ],
    // The type inside itself.
    [
      openApi({
        type: "object",
        properties: { next: { $ref: "#/components/schemas/T" }, n: { type: "integer" } },
      }),
      { n: 1, next: { n: 1.5 } },
      ["detail.next.n: wanted an integer, found 1.5"],
    ],
    // A JSON Schema of the whole event: what it says of the detail counts.
    [
      draft4({
        required: ["id"],
        properties: { "detail-type": {}, detail: { $ref: "#/definitions/d" } },
        definitions: { d: { required: ["a"] } },
      }),
      {},
      ["detail.a: wanted a value (it is required), found nothing"],
    ],
  ])("%j with %j", (schema, detail, sentences) => {
    expect(check(schema, detail)).toEqual(sentences);
  });

  it("is not told where the schema leads nowhere", () => {
    expect(check(field({ $ref: "#/definitions/gone" }), {})).toMatch(/can't resolve reference/);
  });
});
