import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { renderBusFile } from "../../../src/core/route/file/render.ts";
import { fileFields } from "../../../src/core/route/file/shape.ts";
import { readSource } from "../../../src/core/route/source/index.ts";
import { renderTree } from "../../../src/core/route/source/tree.ts";
import { targetParameters } from "../../../src/core/route/template/known.ts";

const templates = join(import.meta.dirname, "../../../templates");
const schema = JSON.parse(readFileSync(join(templates, "schemas/bus-file.schema.json"), "utf8"));
const check = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
}).compile(schema);
const faultsOf = (file: unknown) =>
  check(file) ? [] : check.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);

const home = { partition: "aws", region: "eu-west-1", account: "123456789012" };
const starters = readdirSync(join(templates, "buses")).filter((file) => file.endsWith(".json"));
const vectors = join(import.meta.dirname, "../../vectors/templates");
const sources = ["plan.json", "state.json", "serverless.yml", "shop.yaml"];

describe("the JSON Schema of bus files", () => {
  it.each(starters)("takes the starter %s, and what an export makes of it", (file) => {
    const text = readFileSync(join(templates, "buses", file), "utf8");
    expect(faultsOf(JSON.parse(text))).toEqual([]);
    const { model } = readSource({ name: file, text }, { home });
    expect(faultsOf(JSON.parse(renderTree(renderBusFile(model))))).toEqual([]);
  });

  it.each(sources)("takes what an export makes of %s", (name) => {
    const text = readFileSync(join(vectors, name), "utf8");
    const { model } = readSource({ name, text }, { home: {} });
    expect(model.buses.length).toBeGreaterThan(0);
    expect(faultsOf(JSON.parse(renderTree(renderBusFile(model))))).toEqual([]);
  });

  it("knows the fields that the reader knows, and no others", () => {
    const { bus, archive, rule, target, queue } = schema.definitions;
    const fields = (node: { properties: object }) => Object.keys(node.properties).sort();
    const shown = {
      ...{
        file: fields(schema),
        home: fields(schema.properties.home),
        bus: fields(bus),
        archive: fields(archive),
      },
      ...{ rule: fields(rule), unknown: fields(rule.properties.unknowns.items), target: fields(target) },
      transformer: fields(target.properties.inputTransformer),
      retry: fields(target.properties.retryPolicy),
      queue: fields(queue),
    };
    const known = Object.entries(fileFields).map(([name, names]) => [name, [...names].sort()]);
    expect(shown).toEqual(Object.fromEntries(known));
    expect(fields(target.properties.parameters)).toEqual([...targetParameters].sort());
  });

  const rule = (spec: object) => ({ buses: { b: { rules: { r: spec } } }, queues: { q: {} } });
  const target = (spec: object) => rule({ pattern: { source: ["s"] }, targets: [spec] });
  it.each<[object, string]>([
    [{ bus: {} }, " must NOT have additional properties"],
    [rule({}), "/buses/b/rules/r must have required property 'pattern'"],
    [rule({ pattern: { source: "s" } }), "/buses/b/rules/r/pattern/source must be array"],
    [rule({ pattern: { source: [] } }), "/buses/b/rules/r/pattern/source must NOT have fewer than 1 items"],
    [rule({ pattern: {}, state: "ON" }), "/buses/b/rules/r/state must be equal to one of the allowed values"],
    [target({ queue: "q" }), "/buses/b/rules/r/targets/0 must have required property 'id'"],
    [target({ id: "t" }), "/buses/b/rules/r/targets/0 must match exactly one schema in oneOf"],
    [
      target({ id: "t", queue: "q", arn: "a" }),
      "/buses/b/rules/r/targets/0 must match exactly one schema in oneOf",
    ],
    [
      target({ id: "t", queue: "q", retryPolicy: { maximumRetryAttempts: 200 } }),
      "/buses/b/rules/r/targets/0/retryPolicy/maximumRetryAttempts must be <= 185",
    ],
    [
      target({ id: "t", queue: "q", inputTransformer: {} }),
      "/buses/b/rules/r/targets/0/inputTransformer must have required property 'inputTemplate'",
    ],
    [{ queues: { q: { policy: "open" } } }, "/queues/q/policy must match a schema in anyOf"],
    [{ home: { account: "1" } }, '/home/account must match pattern "^\\d{12}$"'],
  ])("refuses %j", (file, fault) => {
    expect(faultsOf(file)).toContain(fault);
  });
});
