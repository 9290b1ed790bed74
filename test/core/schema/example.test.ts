import { describe, expect, it } from "vitest";
import { parseTemplate } from "../../../src/core/event/template/parse.ts";
import { renderTemplate } from "../../../src/core/event/template/render.ts";
import { makeExample } from "../../../src/core/schema/example.ts";
import { renderMismatch } from "../../../src/core/schema/mismatch.ts";
import { parseEventSchema } from "../../../src/core/schema/parse.ts";
import { makeTemplate } from "../../../src/core/schema/template.ts";
import { compileDetail } from "../../../src/core/schema/validate.ts";
import { seededRandom } from "../../world.ts";

const kind = { source: "shop", detailType: "T" };

describe("a generated event is one that its schema allows", () => {
  it.each([
    [{ type: "string", pattern: "^o-[0-9]{4}$" }],
    [{ type: "string", pattern: "^(EUR|USD)\\d+(?:\\.\\d\\d)?$", maxLength: 8 }],
    [{ type: "string", pattern: "^[A-Z][^0-9\\s]*[\\w.-]+@[a-z]+\\.[a-z]{2,}$" }],
    [{ type: "string", pattern: "[a-f0-9]{8}", minLength: 12 }],
    [{ type: "string", pattern: "^\\$\\{x\\}$" }],
    [{ type: "number", multipleOf: 0.25, minimum: 5, maximum: 6 }],
    [{ type: "number", multipleOf: 0.1 }],
    [{ type: "integer", multipleOf: 50, minimum: 120 }],
    [{ type: "integer", minimum: 3, maximum: 5, exclusiveMinimum: true, exclusiveMaximum: true }],
    [{ type: "number", minimum: 0, maximum: 0.02, exclusiveMinimum: true, exclusiveMaximum: true }],
    [{ type: "number" }],
    [{ type: "string", minLength: 3, maxLength: 4 }],
  ])("%j", (field) => {
    const content = JSON.stringify({
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      required: ["a", "list"],
      properties: { a: field, list: { type: "array", minItems: 2, items: field } },
    });
    const schema = parseEventSchema(content)!;
    const check = compileDetail(content, schema);
    if (typeof check === "string") throw new Error(check);
    const text = JSON.stringify(makeTemplate(schema, kind, "T"));
    const template = parseTemplate("t.json", text, JSON.parse(text));
    for (let seed = 0; seed < 20; seed++) {
      const tools = { now: 1.8e12, random: seededRandom(seed), index: 0 };
      for (const event of [makeExample(schema, kind, tools), ...renderTemplate(template, {}, tools)])
        expect(check((event as { detail: unknown }).detail).map(renderMismatch)).toEqual([]);
    }
  });
});
