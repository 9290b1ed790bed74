import { describe, expect, it } from "vitest";
import { compilePattern, matchingBranches } from "../../src/core/pattern/index.ts";
import type { Bus, Rule } from "../../src/core/route/bus.ts";
import { Router } from "../../src/core/route/route.ts";
import { judgeBody } from "../../src/core/suite/body.ts";
import { percentOf, Tracker } from "../../src/core/suite/coverage.ts";
import { judge } from "../../src/core/suite/judge.ts";
import { unheardOf } from "../../src/core/suite/names.ts";
import type { Expectation } from "../../src/core/suite/suite.ts";

const home = "arn:aws:events:eu-west-1:123456789012";
const ruleOf = (name: string, pattern: object, more: Partial<Rule> = {}): Rule => ({
  name,
  bus: "shop",
  arn: `${home}:rule/shop/${name}`,
  state: "ENABLED",
  pattern: JSON.stringify(pattern),
  targets: [{ Id: `${name}-queue`, Arn: "arn:aws:sqs:eu-west-1:123456789012:q" }],
  unknowns: [],
  ...more,
});
const event = '{"source":"shop","detail-type":"Paid","detail":{"amount":5}}';
const routed = (...rules: Rule[]) => {
  const bus: Bus = { name: "shop", arn: `${home}:event-bus/shop`, rules };
  return { bus, answer: new Router({ buses: [bus], queues: [] }).route(bus, event, "2026-01-01T00:00:00Z") };
};
const paid = ruleOf("paid", { source: ["shop"] });
const large = ruleOf("large", { detail: { amount: [{ numeric: [">", 100] }] } });
const messages = (expect: Expectation, ...rules: Rule[]) =>
  judge(routed(...rules).answer, expect, () => undefined).map(({ at, message }) => `${at}: ${message}`);

describe("a test expects", () => {
  it.each<[string, Expectation, string[]]>([
    ["exactly these rules", { rules: ["paid"] }, []],
    [
      "a rule that does not match",
      { rules: ["paid", "large"] },
      ["rules: expected that rule large matches: it does not match"],
    ],
    ["fewer rules than match", { rules: [] }, ["rules: did not expect that rule paid matches"]],
    ["at least some", { rules: { atLeast: ["paid"] } }, []],
    [
      "none of some",
      { rules: { noneOf: ["paid", "large"] } },
      ["rules: did not expect that rule paid matches"],
    ],
    ["exactly by name", { rules: { exactly: ["paid"] } }, []],
    ["targets by id", { targets: ["paid-queue"] }, []],
    ["targets by rule and id", { targets: { atLeast: ["paid/paid-queue"] } }, []],
    [
      "a target that gets nothing",
      { targets: ["paid-queue", "other"] },
      ["targets: expected that target other is fed: it is not fed"],
    ],
    [
      "a body of a target that gets nothing",
      { bodies: { other: { contains: {} } } },
      ["bodies.other: target other gets nothing"],
    ],
    [
      "nobody, and somebody takes it",
      { unrouted: true },
      ["unrouted: expected no rule to take it, but paid does"],
    ],
    ["somebody", { unrouted: false }, []],
  ])("%s", (_, expected, failures) => {
    expect(messages(expected, paid, large)).toEqual(failures);
  });

  it("somebody, and nobody takes it", () => {
    expect(messages({ unrouted: false }, large)).toEqual([
      "unrouted: expected a rule to take it, and none does",
    ]);
  });

  it("never that a target is silently not called", () => {
    const broken = ruleOf(
      "broken",
      { source: ["shop"] },
      {
        targets: [{ Id: "t", Arn: "arn:aws:sqs:eu-west-1:123456789012:q", InputPath: "$.detail.nothing" }],
      },
    );
    expect(messages({ rules: ["broken"] }, broken)).toEqual([
      "targets: EventBridge would not call target broken/t: the event has nothing at InputPath $.detail.nothing",
    ]);
  });

  it("nothing that only the deploy decides", () => {
    const open = ruleOf(
      "open",
      { source: ["${Source}"] },
      {
        unknowns: [{ name: "Source", path: "pattern.source" }],
      },
    );
    expect(messages({ rules: { atLeast: [] } }, open)[0]).toContain("depends on Source");
  });
});

describe("a body", () => {
  const body = '{"order":{"id":"A","n":[1,2]},"total":5.0}';
  it.each<[string, Parameters<typeof judgeBody>[2], string[]]>([
    ["is equal, whatever the order of its keys", { equals: { total: 5, order: { n: [1, 2], id: "A" } } }, []],
    ["is another", { equals: { total: 5 } }, ["the body is another one"]],
    ["contains a part", { contains: { order: { id: "A" } } }, []],
    [
      "contains no part of a list",
      { contains: { order: { n: [1] } } },
      ["the body lacks what it should contain"],
    ],
    ["lacks a key", { contains: { order: { no: null } } }, ["the body lacks what it should contain"]],
    ["has values at paths", { paths: { "$.order.id": "A", "$.order.n[1]": 2 } }, []],
    ["has another value at a path", { paths: { "$.order.id": "B" } }, ['$.order.id is "A", expected "B"']],
    ["has nothing at a path", { paths: { "$.x": 1 } }, ["the body has nothing at $.x"]],
    ["is asked for what is no path", { paths: { x: 1 } }, ["x is no path: $.order.id is one"]],
    [
      "was never kept",
      { snapshot: true },
      ["there is no snapshot of this body yet: evb test --update keeps one"],
    ],
  ])("%s", (_, wanted, failures) => {
    expect(judgeBody("b", body, wanted, undefined).map(({ message }) => message)).toEqual(failures);
  });

  it("is compared as text where it is one", () => {
    const text = '"order A"\n"paid"';
    expect(judgeBody("b", text, { equals: text, contains: "paid" }, undefined)).toEqual([]);
    expect(judgeBody("b", text, { contains: "unpaid" }, undefined)).toHaveLength(1);
    expect(judgeBody("b", text, { paths: { "$.a": 1 } }, undefined)[0]!.message).toContain("no JSON");
  });

  it("is the one that was kept, to the byte", () => {
    expect(judgeBody("b", body, { snapshot: true }, body)).toEqual([]);
    expect(judgeBody("b", body, { snapshot: true }, '{"order":1}')).toMatchObject([
      { diff: { wanted: '{\n  "order": 1\n}' } },
    ]);
  });
});

describe("coverage", () => {
  const either = ruleOf("either", { $or: [{ source: ["shop"] }, { source: ["bank"] }] });
  const branchesOf = ({ pattern }: Rule, text: string) =>
    matchingBranches(compilePattern(pattern!), new TextEncoder().encode(text));

  it("counts rules, targets and alternatives, and names what no test has touched", () => {
    const off = ruleOf("off", { source: ["shop"] }, { state: "DISABLED" });
    const { bus, answer } = routed(paid, large, either, off);
    const tracker = new Tracker(bus, branchesOf);
    tracker.add(answer, event, { path: "a", line: 1, test: "taken" });
    const coverage = tracker.coverage();
    expect(coverage).toEqual({
      rules: ["large"],
      targets: ["large/large-queue"],
      branches: [{ rule: "either", branch: 2 }],
      unrouted: [],
      total: 8,
      hit: 5,
    });
    expect(percentOf(coverage)).toBe(62.5);
  });

  it("names events that no rule takes, unless the test expects just that", () => {
    const { bus, answer } = routed(large);
    const tracker = new Tracker(bus, branchesOf);
    const from = { path: "a.evb.yaml", line: 3, test: "forgotten" };
    tracker.add(answer, event, from);
    tracker.add(answer, event);
    expect(tracker.coverage().unrouted).toEqual([from]);
  });

  it("is whole where there is nothing to cover", () => {
    const { bus } = routed();
    expect(percentOf(new Tracker(bus, branchesOf).coverage())).toBe(100);
  });
});

describe("a name that no bus has", () => {
  const { bus } = routed(paid, large);
  const other: Bus = { name: "audit", arn: `${home}:event-bus/audit`, rules: [ruleOf("kept", {})] };
  const of = (expect: Expectation) =>
    unheardOf(expect, bus, [bus, other]).map(({ at, message }) => `${at}: ${message}`);

  it("is a failure, for a test that forbids it would pass for ever", () => {
    expect(of({ rules: { noneOf: ["piad"], atLeast: ["audit:kpt"] }, bodies: { "paid/queue": {} } })).toEqual(
      [
        "rules: bus shop has no rule audit:kpt: is audit:kept meant?",
        "rules: bus shop has no rule piad: is paid meant?",
        "bodies: bus shop has no target paid/queue: is paid-queue meant?",
      ],
    );
  });

  it("is none where a rule of another bus, or a target by its id, is named", () =>
    expect(of({ rules: ["paid", "audit:kept"], targets: ["large-queue", "audit:kept/kept-queue"] })).toEqual(
      [],
    ));
});
