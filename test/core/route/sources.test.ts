import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { BusModel, Rule } from "../../../src/core/route/bus.ts";
import { readSource, renderFault } from "../../../src/core/route/source/index.ts";

const folder = join(import.meta.dirname, "../../vectors/templates");
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
const open = (name: string, parameters: Record<string, string> = {}, text = textOf(name)) =>
  readSource(
    { name, text },
    {
      parameters: new Map(Object.entries(parameters)),
      open: (path) => {
        try {
          return { name: path, text: textOf(path) };
        } catch {
          return undefined;
        }
      },
    },
  );
const rulesOf = ({ buses }: BusModel): Rule[] => buses.flatMap(({ rules }) => rules);
const ruleOf = (model: BusModel, name: string): Rule => {
  const found = rulesOf(model).find((rule) => rule.name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
};
const patternOf = (model: BusModel, name: string) => JSON.parse(ruleOf(model, name).pattern!) as unknown;

describe("a SAM template", () => {
  const { model, faults, warnings } = open("shop.yaml");

  it("is read without a mistake; what it says in vain is told with its place", () => {
    expect(faults).toEqual([]);
    expect(warnings.map(renderFault)).toEqual([
      expect.stringMatching(
        /^shop\.yaml:\d+:\d+: PartnerOrders: parameter LargeFrom arrives in the pattern as the text/,
      ),
      expect.stringMatching(
        /^shop\.yaml:\d+:\d+: Invoice: event Later is a schedule of EventBridge Scheduler/,
      ),
    ]);
  });

  it("gives its buses and rules under the names that they will have", () => {
    expect(model.buses.map(({ name, rules }) => [name, rules.map((rule) => rule.name)])).toEqual([
      ["orders-test", ["orders-to-fulfilment-test", "PartnerOrders", "InvoicePaid", "RefundRefused"]],
      ["default", ["Nightly", "legacy-paid", "invoice-monthly"]],
    ]);
  });

  it("resolves parameters, mappings, conditions and names of what it makes", () => {
    const rule = ruleOf(model, "orders-to-fulfilment-test");
    expect(patternOf(model, "orders-to-fulfilment-test")).toEqual({
      source: ["com.example.shop", "com.example.app"],
      "detail-type": ["Order Placed"],
      detail: { total: [{ numeric: [">", 0] }], test: [false, { exists: false }] },
    });
    expect(rule.targets).toMatchObject([
      {
        Id: "fulfilment",
        Arn: expect.stringMatching(/:fulfilment-test$/),
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 120 },
      },
    ]);
    expect(ruleOf(model, "PartnerOrders")).toMatchObject({
      state: "DISABLED",
      targets: [
        {
          SqsParameters: { MessageGroupId: "test" },
          InputTransformer: {
            InputTemplate: expect.stringContaining('"bus": "orders-test", "literal": "${Stage}"'),
          },
        },
        {},
      ],
    });
  });

  it("takes other values of its parameters", () => {
    const prod = open("shop.yaml", { Stage: "prod", PartnerAccount: "210987654321" }).model;
    const rule = ruleOf(prod, "orders-to-fulfilment-prod");
    expect(rule.targets.map(({ Id, RetryPolicy }) => [Id, RetryPolicy?.MaximumRetryAttempts])).toEqual([
      ["fulfilment", 185],
      ["archive", undefined],
    ]);
    expect(rule.unknowns).toMatchObject([
      { name: "ImportValue order-archive-arn", path: "targets.archive.Arn" },
    ]);
    expect(patternOf(prod, "PartnerOrders")).toMatchObject({ account: ["210987654321"] });
    expect(() => open("shop.yaml", { Stag: "prod" })).toThrow("Stag");
  });

  it("names what only the deploy decides, and never shows a secret's default", () => {
    const { unknowns } = ruleOf(model, "PartnerOrders");
    expect(unknowns.map(({ name, path }) => [name, path])).toEqual([
      ["PartnerAccount", "pattern.account"],
      ["Secret (NoEcho)", "pattern.detail.token"],
      ["ssm:/shop/crm/queue-arn", "targets.crm.Arn"],
    ]);
    expect(JSON.stringify(model)).not.toContain("hush");
  });

  it("makes the rules of functions and state machines as SAM does", () => {
    expect(ruleOf(model, "InvoicePaid")).toMatchObject({
      targets: [
        {
          Id: "InvoicePaidLambdaTarget",
          InputPath: "$.detail",
          DeadLetterConfig: { Arn: expect.stringMatching(/:InvoicePaidQueue$/) },
        },
      ],
    });
    expect(ruleOf(model, "legacy-paid")).toMatchObject({ state: "DISABLED", targets: [{ Id: "mine" }] });
    expect(ruleOf(model, "invoice-monthly")).toMatchObject({ schedule: "cron(0 3 1 * ? *)" });
    expect(ruleOf(model, "RefundRefused").targets[0]!.Arn).toMatch(/:stateMachine:refund$/);
  });
});

describe("a template", () => {
  const body = (pattern: string) => `Resources:
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: ${pattern}
`;

  it("means the same in YAML and in JSON", () => {
    const yaml = `Parameters: { P: { Type: String, Default: a-b } }
Resources:
  Bus: { Type: "AWS::Events::EventBus", Properties: { Name: { "Fn::Sub": "bus-\${P}" } } }
  R:
    Type: AWS::Events::Rule
    Properties:
      Name: r
      EventBusName: { Ref: Bus }
      EventPattern: { source: [{ "Fn::Select": ["1", { "Fn::Split": ["-", { Ref: P }] }] }] }
`;
    const bare = (text: string) =>
      JSON.stringify(open("t", {}, text).model, (key, value: unknown) =>
        key === "place" || key === "places" ? undefined : value,
      );
    expect(bare(JSON.stringify(parse(yaml)))).toBe(bare(yaml));
    expect(patternOf(open("t", {}, yaml).model, "r")).toEqual({ source: ["b"] });
  });

  it.each([
    ["a reference to nothing", "{ source: [!Ref Nothing] }", /t:5:\d+: R: .*Nothing/],
    ["a mapping that is not there", "{ source: [!FindInMap [No, a, b]] }", /t:5:\d+: R: .*No/],
    ["a selection beyond the end", "{ source: [!Select [4, [a, b]]] }", /t:5:\d+: R: /],
  ])("says where %s is", (_, pattern, place) => {
    const { faults } = open("t", {}, body(pattern));
    expect(faults.map(renderFault)).toEqual([expect.stringMatching(place)]);
  });

  it("is told apart from what is none", () => {
    expect(() => open("t", {}, "a: 1")).toThrow(/^t/);
    expect(() => open("t", {}, "a: [1")).toThrow(/^t:1/);
  });
});

describe("serverless.yml", () => {
  const { model } = open("serverless.yml");

  it("gives the rules of its events, with its variables resolved", () => {
    expect(patternOf(model, "NightlyEventsRuleCloudWatchEvent1")).toEqual({ source: ["aws.ec2"] });
    expect(ruleOf(model, "nightly-sums-rule-5")).toMatchObject({ schedule: "rate(5 minutes)" });
    expect(ruleOf(model, "billing-dev-invoice-rule-2")).toMatchObject({
      bus: "payments-dev",
      targets: [{ RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 } }],
    });
    expect(ruleOf(model, "billing-dev-invoice-rule-3").unknowns.map(({ name }) => name)).toContain(
      "ssm:/billing/tenant",
    );
  });
});

describe("terraform show -json", () => {
  it("of a plan gives what will be, and names what is known only after the apply", () => {
    const { model, faults, warnings } = open("plan.json");
    expect([faults.length, warnings.length]).toEqual([0, 2]);
    expect(ruleOf(model, "orders-to-billing")).toMatchObject({
      arn: "arn:aws:events:eu-west-1:123456789012:rule/orders/orders-to-billing",
      logicalId: "aws_cloudwatch_event_rule.billing",
      targets: [
        { Id: "billing", Arn: "arn:aws:sqs:eu-west-1:123456789012:billing" },
        { Id: "outside", Arn: "${data.aws_sqs_queue.outside.arn}" },
      ],
      unknowns: [{ name: "data.aws_sqs_queue.outside.arn", path: "targets.outside.Arn" }],
    });
    expect(ruleOf(model, "partner").unknowns).toMatchObject([{ path: "pattern" }]);
    expect(ruleOf(model, "nightly")).toMatchObject({
      bus: "default",
      state: "DISABLED",
      schedule: "rate(1 day)",
    });
  });

  it("of a state gives what is", () => {
    const { model, faults } = open("state.json");
    expect(faults).toEqual([]);
    expect(patternOf(model, "orders-to-billing")).toEqual({
      "detail-type": ["Order Placed"],
      source: ["com.example.shop"],
    });
    expect(model.queues.map(({ name }) => name)).toEqual(["orders-dlq", "billing"]);
  });
});
