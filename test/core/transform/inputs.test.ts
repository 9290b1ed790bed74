import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  explainInput,
  type InputFacts,
  type TargetInput,
  transformInput,
} from "../../../src/core/transform/index.ts";

interface Vector {
  readonly name: string;
  readonly target: TargetInput;
  readonly body?: string;
  readonly undelivered?: true;
  readonly refused?: string;
}

const [head, ...vectors] = readFileSync(join(import.meta.dirname, "../../vectors/inputs.ndjson"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as { event: string } & Vector);
const facts: InputFacts = {
  ruleArn: "arn:aws:events:eu-west-1:123456789012:rule/shop/paid",
  ruleName: "paid",
  ingestionTime: "2026-11-23T19:00:01Z",
};
const bodyOf = (target: TargetInput) => {
  const result = transformInput(target, head!.event, facts);
  return result.ok ? result.body : undefined;
};

describe("a target receives", () => {
  for (const { name, target, body } of vectors.filter((vector) => vector.body !== undefined))
    it(name, () => {
      expect(explainInput({ Id: "t1", ...target })).toBeUndefined();
      expect(bodyOf(target)).toBe(body);
    });
});

describe("EventBridge takes the configuration and delivers nothing", () => {
  for (const { name, target } of vectors.filter((vector) => vector.undelivered))
    it(name, () => {
      expect(explainInput({ Id: "t1", ...target })).toBeUndefined();
      const result = transformInput(target, head!.event, facts);
      expect(result).toEqual({ ok: false, reason: expect.stringMatching(/\w/) });
    });
});

describe("PutTargets refuses", () => {
  for (const { name, target, refused } of vectors.filter((vector) => vector.refused !== undefined))
    it(name, () => expect(explainInput(target)).toBe(refused));
});

describe("the service model refuses", () => {
  const template = (InputPathsMap: Record<string, string>, InputTemplate = '"x"') => ({
    Id: "t",
    InputTransformer: { InputPathsMap, InputTemplate },
  });
  it.each<[string, TargetInput, string]>([
    ["a variable with a dot", template({ "AWS.x": "$.a" }), "has the key AWS.x"],
    [
      "a long template",
      template({}, `"${"a".repeat(8191)}"`),
      "InputTemplate for target t has 8193 characters",
    ],
    ["a long input", { Id: "t", Input: `"${"a".repeat(8191)}"` }, "Input for target t has 8193 characters"],
    [
      "a long path",
      { Id: "t", InputPath: `$.${"a".repeat(255)}` },
      "InputPath for target t has 257 characters",
    ],
    [
      "many variables",
      template(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, "$.a"]))),
      "has 101 entries, more than 100",
    ],
  ])("%s", (_, target, words) => expect(explainInput(target)).toContain(words));
});
