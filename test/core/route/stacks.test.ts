import { expect, it } from "vitest";
import { chooseBus } from "../../../src/core/route/choose.ts";
import { Router } from "../../../src/core/route/route.ts";
import { readSource, renderFault } from "../../../src/core/route/source/index.ts";

/** Files by name, the first of which is read. */
const read = (files: Readonly<Record<string, unknown>>) => {
  const all = new Map(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]));
  const [name] = all.keys();
  const open = (path: string) =>
    all.has(path.replace("./", "")) ? { name: path, text: all.get(path.replace("./", ""))! } : undefined;
  return readSource({ name: name!, text: all.get(name!)! }, { open });
};
const stack = (templateFile: string, environment = "aws://unknown-account/unknown-region") => ({
  type: "aws:cloudformation:stack",
  environment,
  properties: { templateFile },
});
/** What CDK makes of one construct in several stacks: the logical ids are the same. */
const template = (source: unknown, EventBusName: unknown = "orders") => ({
  Resources: {
    Rule4C99: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventBusName,
        EventPattern: { source: [source] },
        Targets: [{ Id: "q", Arn: { "Fn::GetAtt": ["Queue63C6", "Arn"] } }],
      },
    },
    Queue63C6: { Type: "AWS::SQS::Queue" },
  },
});
const bus = { Type: "AWS::Events::EventBus", Properties: { Name: "orders" } };
/** Rules that an event of this source hits, and what they feed. */
const hits = ({ model }: ReturnType<typeof read>, source: string, named = "orders") =>
  new Router(model)
    .route(chooseBus(model, named, "it"), JSON.stringify({ source }), "2026-01-01T00:00:00Z")
    .rules.map(({ rule, deliveries }) => [rule.name, deliveries[0]!.target.Arn.split(":").at(-1)]);

it("keeps what has one logical id in several stacks of cdk.out apart", () => {
  const reading = read({
    "manifest.json": { version: "36.0.0", artifacts: { A: stack("a.json"), B: stack("b.json") } },
    "a.json": template("a"),
    "b.json": template("b"),
  });
  expect(hits(reading, "a")).toEqual([["A-Rule4C99", "A-Queue63C6"]]);
  expect(hits(reading, "b")).toEqual([["B-Rule4C99", "B-Queue63C6"]]);
});

it("keeps two nested stacks of one template apart", () => {
  const nested = (Source: string) => ({
    Type: "AWS::CloudFormation::Stack",
    Properties: { TemplateURL: "./child.json", Parameters: { Source } },
  });
  const reading = read({
    "parent.json": { Resources: { Bus: bus, One: nested("one"), Two: nested("two") } },
    "child.json": { Parameters: { Source: { Type: "String" } }, ...template({ Ref: "Source" }) },
  });
  expect(hits(reading, "one")).toEqual([["Rule4C99", "Queue63C6"]]);
  expect(hits(reading, "two")).toEqual([["Two-Rule4C99", "Two-Queue63C6"]]);
});

it("keeps buses of one name in two accounts apart: only an ARN says which is meant", () => {
  const reading = read({
    "manifest.json": {
      version: "36.0.0",
      artifacts: {
        Dev: stack("a.json", "aws://111111111111/eu-west-1"),
        Prod: stack("b.json", "aws://222222222222/eu-west-1"),
      },
    },
    "a.json": template("x"),
    "b.json": template("x"),
  });
  expect(reading.faults).toEqual([]);
  expect(() => hits(reading, "x")).toThrow("it has 2 event buses orders");
  const prod = "arn:aws:events:eu-west-1:222222222222:event-bus/orders";
  expect(hits(reading, "x", prod)).toEqual([["Prod-Rule4C99", "Prod-Queue63C6"]]);
});

it("tells of a bus and of a rule that are defined twice", () => {
  const rule = {
    Type: "AWS::Events::Rule",
    Properties: { Name: "r", EventPattern: { source: ["a"] }, Targets: [] },
  };
  const { faults } = read({ "t.json": { Resources: { One: bus, Two: bus, R: rule, S: rule } } });
  expect(faults.map(renderFault)).toEqual([
    expect.stringMatching(/^t\.json:1:\d+: Two: event bus orders is defined at t\.json:1:\d+ already \(/),
    expect.stringMatching(/^t\.json:1:\d+: S: rule r is defined at t\.json:1:\d+ already \(/),
  ]);
});

it("takes a rule that stands in two branches of a condition for one", () => {
  const rule = (Condition: string) => ({
    Type: "AWS::Events::Rule",
    Condition,
    Properties: { Name: "r", EventPattern: { source: ["a"] }, Targets: [] },
  });
  const Conditions = {
    Here: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "1"] },
    There: { "Fn::Not": [{ Condition: "Here" }] },
  };
  expect(read({ "t.json": { Conditions, Resources: { R: rule("Here"), S: rule("There") } } }).faults).toEqual(
    [],
  );
});
