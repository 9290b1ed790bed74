import { describe, expect, it } from "vitest";
import { completeEvent } from "../../../src/core/event/complete.ts";
import type { Bus, Rule, Target } from "../../../src/core/route/bus.ts";
import { Router } from "../../../src/core/route/route.ts";

const home = "arn:aws:events:eu-west-1:123456789012";
const busOf = (name: string, rules: Rule[]): Bus => ({ name, arn: `${home}:event-bus/${name}`, rules });
const ruleOf = (name: string, pattern: object, more: Partial<Rule> = {}): Rule => ({
  name,
  bus: "shop",
  arn: `${home}:rule/shop/${name}`,
  state: "ENABLED",
  pattern: JSON.stringify(pattern),
  targets: [queue("q")],
  unknowns: [],
  ...more,
});
const queue = (id: string, more: Partial<Target> = {}): Target => ({
  Id: id,
  Arn: `arn:aws:sqs:eu-west-1:123456789012:${id}`,
  ...more,
});
const now = "2026-11-25T10:00:00Z";
const event = completeEvent('{"source":"shop","detail-type":"Paid","detail":{"amount":10.50,"by":"card"}}', {
  account: "123456789012",
  region: "eu-west-1",
  time: now,
  id: "0d9a5b1c-0000-4000-8000-000000000001",
});
const answer = (...rules: Rule[]) => {
  const bus = busOf("shop", rules);
  return new Router({ buses: [bus], queues: [] }).route(bus, event, now);
};
const verdicts = (...rules: Rule[]) =>
  answer(...rules).rules.map(({ rule, verdict }) => `${rule.name}: ${verdict}`);

describe("an event is completed", () => {
  it("as EventBridge delivers it, numbers as they were written", () => {
    expect(event).toBe(
      '{"version":"0","id":"0d9a5b1c-0000-4000-8000-000000000001","detail-type":"Paid","source":"shop","account":"123456789012","time":"2026-11-25T10:00:00Z","region":"eu-west-1","resources":[],"detail":{"amount":10.50,"by":"card"}}',
    );
  });

  it("not at all when it is whole", () => {
    const text = ` ${event}`;
    expect(completeEvent(text, { account: "0", region: "x", time: "t", id: "i" })).toBe(text);
  });

  it("and keeps what EventBridge does not know, for patterns that ask for it", () => {
    expect(completeEvent('{"extra":1}', { account: "1", region: "r", time: "t", id: "i" })).toBe(
      '{"version":"0","id":"i","account":"1","time":"t","region":"r","resources":[],"extra":1}',
    );
  });
});

describe("a bus", () => {
  it("gives an event to every rule that matches, in its order, and to each target its own input", () => {
    const { rules } = answer(
      ruleOf("all", { source: ["shop"] }),
      ruleOf("other", { source: ["bank"] }),
      ruleOf(
        "paid",
        { "detail-type": ["Paid"] },
        {
          targets: [
            queue("path", { InputPath: "$.detail.by" }),
            queue("made", {
              InputTransformer: {
                InputPathsMap: { amount: "$.detail.amount" },
                InputTemplate:
                  '{"pay":<amount>,"rule":<aws.events.rule-name>,"at":<aws.events.event.ingestion-time>}',
              },
            }),
          ],
        },
      ),
    );
    expect(rules.map(({ rule }) => rule.name)).toEqual(["all", "paid"]);
    expect(rules[0]!.deliveries.map(({ body }) => body)).toEqual([event]);
    expect(rules[1]!.deliveries.map(({ body }) => body)).toEqual([
      '"card"',
      `{"pay":10.50,"rule":"paid","at":"${now}"}`,
    ]);
  });

  it("says of a rule that is off that it would have matched, and feeds nothing", () => {
    const [off] = answer(ruleOf("off", { source: ["shop"] }, { state: "DISABLED" })).rules;
    expect(off).toMatchObject({ verdict: "disabled", deliveries: [] });
  });

  it("says why a target would not be called, which EventBridge keeps to itself", () => {
    const broken = queue("q", {
      InputTransformer: { InputPathsMap: { d: "$.detail" }, InputTemplate: '{"text":"<d>"}' },
    });
    const [rule] = answer(ruleOf("r", { source: ["shop"] }, { targets: [broken] })).rules;
    expect(rule!.deliveries[0]!.problem).toMatch(/^the filled-in template is no JSON/);
    expect(rule!.deliveries[0]).not.toHaveProperty("body");
  });

  it("names rules whose pattern AWS would refuse, and goes on with the others", () => {
    const bus = busOf("shop", [
      ruleOf("bad", { source: [{ prefx: "s" }] }),
      ruleOf("good", { source: ["shop"] }),
    ]);
    const router = new Router({ buses: [bus], queues: [] });
    expect(router.broken.map(({ rule, error }) => `${rule.name}: ${error.message}`)).toEqual([
      "bad: Unrecognized match type prefx",
    ]);
    expect(router.route(bus, event, now).rules.map(({ rule }) => rule.name)).toEqual(["good"]);
  });

  it("hands an event on to another bus once, and not from there", () => {
    const to = (bus: string): Target => ({ Id: bus, Arn: `${home}:event-bus/${bus}` });
    const shop = busOf("shop", [ruleOf("on", { source: ["shop"] }, { targets: [to("audit")] })]);
    const audit = busOf("audit", [
      ruleOf("keep", { source: ["shop"] }, { bus: "audit", targets: [queue("log"), to("shop")] }),
    ]);
    const [first] = new Router({ buses: [shop, audit], queues: [] }).route(shop, event, now).rules;
    const [log, back] = first!.deliveries[0]!.onward!.rules[0]!.deliveries;
    expect(log!.body).toBe(event);
    expect(back!.problem).toContain("only once");
  });
});

describe("what only the deploy decides", () => {
  const unknown = (field: unknown) =>
    ruleOf(
      "r",
      {},
      {
        pattern: typeof field === "string" ? field : JSON.stringify(field),
        unknowns: [{ name: "Param", path: "pattern.detail" }],
      },
    );

  it.each([
    ["a value", { detail: { by: ["${Param}"] } }, ["r: undecided"]],
    ["a value beside one that matches", { detail: { by: ["${Param}", "card"] } }, ["r: match"]],
    ["a value beside a field that does not match", { source: ["bank"], detail: { by: ["${Param}"] } }, []],
    ["a beginning", { detail: { by: [{ prefix: "${Param}" }] } }, ["r: undecided"]],
    ["what it must not be", { detail: { by: [{ "anything-but": ["${Param}"] }] } }, ["r: undecided"]],
    ["a field that may be absent", { detail: { nothing: ["${Param}"] } }, ["r: undecided"]],
    ["a text known in part, of a field that is absent", { detail: { nothing: ["x${Param}y"] } }, []],
    ["a text that begins like it", { source: ["sh${Param}"] }, ["r: undecided"]],
    ["a text that begins otherwise", { source: ["bank-${Param}"] }, []],
    ["a text that ends like it", { source: ["${Param}op"] }, ["r: undecided"]],
    ["a text that ends otherwise", { source: ["${Param}-x"] }, []],
    ["a number in a text of JSON", '{"source":["shop"],"detail":{"by":[${Param}]}}', ["r: undecided"]],
    ["a number where something else is known", '{"source":["bank"],"detail":{"by":[${Param}]}}', []],
    ["a field in a text of JSON", '{"source":["bank"],${Param}}', ["r: undecided"]],
    ["an alternative", { $or: [{ source: ["bank"] }, { detail: { by: ["${Param}"] } }] }, ["r: undecided"]],
    [
      "the alternative that is not needed",
      { $or: [{ source: ["shop"] }, { detail: { by: ["${Param}"] } }] },
      ["r: match"],
    ],
    ["all of it", "${Param}", ["r: undecided"]],
    ["a whole list", { detail: { by: "${Param}" } }, ["r: undecided"]],
  ])("%s", (_, pattern, expected) => {
    expect(verdicts(unknown(pattern))).toEqual(expected);
  });

  it("may have quotes in its name, where it is the whole pattern or a number in it", () => {
    const name = 'aws_rule.r["a"].pattern';
    const of = (pattern: string) => ruleOf("r", {}, { pattern, unknowns: [{ name, path: "pattern" }] });
    expect(verdicts(of(`\${${name}}`))).toEqual(["r: undecided"]);
    expect(verdicts(of(`{"source":["bank",\${${name}}]}`))).toEqual(["r: undecided"]);
    expect(verdicts(of(`{"source":["bank"],"detail":{"by":[\${${name}}]}}`))).toEqual([]);
  });

  it("makes no unknown of a pattern that is broken whatever comes", () => {
    const bus = busOf("shop", [unknown('{"source":["${Param}"')]);
    expect(new Router({ buses: [bus], queues: [] }).broken).toHaveLength(1);
  });

  it("is named with the answer", () => {
    const [rule] = answer(unknown({ detail: { by: ["${Param}"] } })).rules;
    expect(rule!.unknowns).toEqual([{ name: "Param", path: "pattern.detail" }]);
  });
});
