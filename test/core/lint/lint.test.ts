import { describe, expect, it } from "vitest";
import { checkIds, checks, lint, switchOf } from "../../../src/core/lint/index.ts";
import type { Bus, BusModel, QueueModel, Rule, Target } from "../../../src/core/route/bus.ts";

const home = "eu-west-1:123456789012";
const busArn = (name: string) => `arn:aws:events:${home}:event-bus/${name}`;
const queueArn = (name: string) => `arn:aws:sqs:${home}:${name}`;
const retry = { MaximumEventAgeInSeconds: 3600 };

/** A target at which nothing is wrong. */
const target = (id: string, more: Partial<Target> = {}): Target => ({
  Id: id,
  Arn: queueArn(id),
  DeadLetterConfig: { Arn: queueArn("dlq") },
  RetryPolicy: retry,
  ...more,
});
const toBus = (name: string): Target => target(name, { Arn: busArn(name), RoleArn: "arn:aws:iam::1:role/r" });
const rule = (name: string, pattern: object | string | undefined, more: Partial<Rule> = {}): Rule => ({
  name,
  bus: "shop",
  arn: `arn:aws:events:${home}:rule/shop/${name}`,
  state: "ENABLED",
  ...(pattern !== undefined && { pattern: typeof pattern === "string" ? pattern : JSON.stringify(pattern) }),
  targets: [target(`q-${name}`)],
  unknowns: [],
  ...more,
});
const bus = (name: string, ...rules: Rule[]): Bus => ({ name, arn: busArn(name), rules });
const queue = (name: string, attributes: Record<string, string> = {}): QueueModel => ({
  name,
  arn: queueArn(name),
  attributes,
});

interface Given {
  readonly buses: readonly Bus[];
  readonly queues?: readonly QueueModel[];
  readonly isDeployed?: boolean;
  readonly off?: readonly string[];
}
const find = ({ buses, queues = [], isDeployed = false, off = [] }: Given) => {
  const model: BusModel = { buses, queues };
  return lint(model, { buses, isDeployed, switches: [switchOf(off)] });
};
/** What is found about one rule of bus `shop`, as `severity id`. */
const idsOf = (...rules: Rule[]) =>
  find({ buses: [bus("shop", ...rules)] }).map(({ severity, id }) => `${severity} ${id}`);
const sentences = (given: Given, id: string) =>
  find(given).flatMap((finding) => (finding.id === id ? [finding.sentence] : []));

const fine = { source: ["shop"], detail: { state: ["paid"] } };

describe("lint", () => {
  it("finds nothing where nothing is wrong", () => expect(idsOf(rule("r", fine))).toEqual([]));

  it.each<[string, Rule, string[]]>([
    ["an unknown operator", rule("r", { source: [{ like: "a" }] }), ["error pattern-refused"]],
    ["no JSON", rule("r", "{source"), ["error pattern-refused"]],
    [
      "too many wildcards",
      rule("r", { source: [{ wildcard: "*a*a*a*a*a*a*a*a*a*a*a*a*a*a" }] }),
      ["error pattern-too-complex"],
    ],
    [
      "a long pattern",
      rule("r", { source: ["s"], detail: { x: ["a".repeat(2100)] } }),
      ["warning pattern-too-long"],
    ],
    [
      "a pattern that is too long for any account",
      rule("r", { source: ["s"], detail: { x: ["a".repeat(4100)] } }),
      ["error pattern-too-long"],
    ],
    ["a key that no event has", rule("r", { Source: ["shop"] }), ["error pattern-never-matches"]],
    ["detail as a value", rule("r", { detail: ["x"] }), ["error pattern-never-matches"]],
    ["an account as a number", rule("r", { account: [123456789012] }), ["error pattern-never-matches"]],
    ["a field below a text", rule("r", { source: { name: ["x"] } }), ["error pattern-never-matches"]],
    [
      "a field and a field below it, which an array has both",
      rule("r", { detail: { a: [1], "a.b": [2] } }),
      ["warning pattern-suspect"],
    ],
    [
      "a source that shall be absent",
      rule("r", { source: [{ exists: false }] }),
      ["error pattern-never-matches"],
    ],
    [
      "a branch that can match beside one that cannot",
      rule("r", { $or: [{ Source: ["a"] }, { source: ["a"] }] }),
      ["warning pattern-suspect"],
    ],
    [
      "two anything-but in a list",
      rule("r", { source: [{ "anything-but": "a" }, { "anything-but": "b" }] }),
      ["warning pattern-suspect"],
    ],
    [
      "a key of one's own that shall be absent",
      rule("r", { own: [{ exists: false }] }),
      ["warning pattern-suspect"],
    ],
    ["a rule that is off", rule("r", fine, { state: "DISABLED" }), ["note rule-disabled"]],
    ["no targets", rule("r", fine, { targets: [] }), ["warning rule-without-targets"]],
    [
      "six targets",
      rule("r", fine, { targets: [1, 2, 3, 4, 5, 6].map((n) => target(`q${n}`)) }),
      ["error too-many-targets"],
    ],
    [
      "a target without a dead-letter queue",
      rule("r", fine, { targets: [{ Id: "t", Arn: queueArn("q"), RetryPolicy: retry }] }),
      ["warning target-without-dlq"],
    ],
    [
      "a target without a retry policy",
      rule("r", fine, { targets: [target("t", { RetryPolicy: {} })] }),
      ["note default-retry"],
    ],
    [
      "a target that is tried once",
      rule("r", fine, { targets: [target("t", { RetryPolicy: { MaximumRetryAttempts: 0 } })] }),
      [],
    ],
    [
      "a FIFO dead-letter queue",
      rule("r", fine, { targets: [target("t", { DeadLetterConfig: { Arn: queueArn("d.fifo") } })] }),
      ["error dlq-fifo"],
    ],
    [
      "a FIFO queue without a group",
      rule("r", fine, { targets: [target("t", { Arn: queueArn("q.fifo") })] }),
      ["error fifo-without-group"],
    ],
    [
      "a FIFO queue with a group",
      rule("r", fine, {
        targets: [target("t", { Arn: queueArn("q.fifo"), SqsParameters: { MessageGroupId: "g" } })],
      }),
      [],
    ],
    [
      "a target that is tried too often",
      rule("r", fine, { targets: [target("t", { RetryPolicy: { ...retry, MaximumRetryAttempts: 186 } })] }),
      ["error target-refused"],
    ],
    [
      "a target with too little time",
      rule("r", fine, { targets: [target("t", { RetryPolicy: { MaximumEventAgeInSeconds: 59 } })] }),
      ["error target-refused"],
    ],
    [
      "a target with a blank in its id",
      rule("r", fine, { targets: [target("a b")] }),
      ["error target-refused"],
    ],
    [
      "bounds that are kept",
      rule("r", fine, {
        targets: [
          target("a.b_c-1", { RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 60 } }),
        ],
      }),
      [],
    ],
    [
      "an input that is no JSON",
      rule("r", fine, { targets: [target("t", { Input: "{a" })] }),
      ["error input-refused"],
    ],
    [
      "what AWS manages",
      rule("r", { Source: ["x"] }, { managedBy: "states.amazonaws.com", targets: [] }),
      [],
    ],
    ["a schedule", rule("r", undefined, { schedule: "rate(1 hour)", bus: "default" }), []],
    [
      "a schedule by the calendar",
      rule("r", undefined, { schedule: "cron(0 12 ? * 2#1 *)", bus: "default" }),
      [],
    ],
    [
      "a schedule that only the deploy knows",
      rule("r", undefined, { schedule: "${Rate}", bus: "default" }),
      [],
    ],
    [
      "a schedule on a bus of one's own",
      rule("r", undefined, { schedule: "rate(1 hour)" }),
      ["error rule-refused"],
    ],
    ...["rate(1 hours)", "rate(0 days)", "rate(10 minute)", "every day", "cron(0 12 * * *)"].map(
      (schedule): [string, Rule, string[]] => [
        `the schedule ${schedule}`,
        rule("r", undefined, { schedule, bus: "default" }),
        ["error rule-refused"],
      ],
    ),
    ["a name with a blank", rule("a b", fine, { targets: [target("t")] }), ["error rule-refused"]],
    [
      "a name that is too long",
      rule("r".repeat(65), fine, { targets: [target("t")] }),
      ["error rule-refused"],
    ],
    [
      "a name that the deploy makes",
      rule("r".repeat(65), fine, { targets: [target("t")], isNameGenerated: true }),
      [],
    ],
  ])("%s", (_, given, ids) => expect(idsOf(given)).toEqual(ids));

  it.each<[string, string, Record<string, string>, boolean]>([
    ["a variable on its own", '{"a": <x>}', { x: "$.detail.x" }, true],
    ["a variable in quotes", '{"a": "<x>"}', { x: "$.detail.x" }, true],
    ["an unquoted word", '{"a": word <x>}', { x: "$.detail.x" }, false],
    ["a missing bracket", '{"a": <x>', { x: "$.detail.x" }, false],
    ["digits before a number", '{"a": 1<x>}', { x: "$.detail.x" }, true],
    ["detail in quotes", '{"a": "<d>"}', { d: "$.detail" }, false],
    ["detail without quotes", '{"a": <d>}', { d: "$.detail" }, true],
    ["the source in quotes", '{"a": "<s>"}', { s: "$.source" }, true],
    ["the whole event in quotes", '{"a": "<aws.events.event.json>"}', {}, false],
    ["a text", '"order <x>"', { x: "$.detail.x" }, true],
    ["a text with an open line", '"order <x>"\nmore', { x: "$.detail.x" }, false],
  ])("a template that gives JSON: %s", (_, InputTemplate, InputPathsMap, isFine) => {
    const given = rule("r", fine, {
      targets: [target("t", { InputTransformer: { InputPathsMap, InputTemplate } })],
    });
    expect(idsOf(given)).toEqual(isFine ? [] : ["error template-not-json"]);
  });

  it("counts rules with wildcards", () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, n) => rule(`r${n}`, { source: [{ wildcard: `s${n}*x*` }] }));
    expect(idsOf(...rules(30))).toEqual([]);
    expect(idsOf(...rules(31))).toEqual(["error wildcard-quota"]);
  });

  it("tells equal patterns, whatever their order, and what is fed twice", () => {
    const one = rule("one", { source: ["a", "b"], detail: { x: [1] } }, { targets: [target("q")] });
    const twin = (to: string) =>
      rule("two", { detail: { x: [1.0] }, source: ["b", "a"] }, { targets: [target(to)] });
    expect(find({ buses: [bus("shop", one, twin("q"))] })).toMatchObject([
      { id: "rule-duplicate", severity: "warning", sentence: expect.stringContaining("each event twice") },
    ]);
    expect(find({ buses: [bus("shop", one, twin("other"))] })).toMatchObject([
      { id: "rule-duplicate", severity: "note" },
    ]);
  });

  it.each<[string, object, object, boolean]>([
    ["fewer fields", { source: ["a"], detail: { x: [1] } }, { source: ["a"] }, true],
    ["one of several values", { source: ["a"] }, { source: ["a", "b"] }, true],
    ["a text by its prefix", { source: ["abc"] }, { source: [{ prefix: "ab" }] }, true],
    ["a longer prefix", { source: [{ prefix: "abc" }] }, { source: [{ prefix: "ab" }] }, true],
    ["a number in a range", { detail: { x: [5] } }, { detail: { x: [{ numeric: [">", 1] }] } }, true],
    ["another value", { source: ["a"] }, { source: ["b"] }, false],
    ["other fields", { source: ["a"], detail: { y: [1] } }, { source: ["a"], detail: { x: [1] } }, false],
    [
      "a value that shall be absent beside more fields",
      { source: ["a"], detail: { x: [{ exists: false }], y: [1] } },
      { source: ["a", "b"], detail: { x: [{ exists: false }] } },
      false,
    ],
    ["each of two branches", { $or: [{ source: ["a"] }, { source: ["b"] }] }, { source: ["a", "b"] }, true],
  ])("tells a rule in another's shadow: %s", (_, narrow, wide, isShadowed) => {
    const rules = [
      rule("narrow", narrow, { targets: [target("q")] }),
      rule("wide", wide, { targets: [target("q")] }),
    ];
    const found = sentences({ buses: [bus("shop", ...rules)] }, "rule-shadowed");
    expect(found).toEqual(
      isShadowed
        ? [
            "every event of rule narrow is taken by rule wide as well, and both feed q: it gets such an event twice",
          ]
        : [],
    );
    // Every rule that matches takes an event: one that feeds something else is in nobody's shadow.
    const apart = [rules[0]!, rule("wide", wide, { targets: [target("other")] })];
    expect(sentences({ buses: [bus("shop", ...apart)] }, "rule-shadowed")).toEqual([]);
  });

  it("tells rules that feed their own bus, at once or over another", () => {
    const own = bus("shop", rule("self", fine, { targets: [toBus("shop")] }));
    expect(sentences({ buses: [own] }, "bus-loop")).toEqual([
      expect.stringContaining("rule self feeds its own bus"),
    ]);
    const there = (pattern: object) => bus("shop", rule("there", pattern, { targets: [toBus("bank")] }));
    const back = bus("bank", rule("back", { source: ["shop"] }, { bus: "bank", targets: [toBus("shop")] }));
    expect(sentences({ buses: [there({ source: ["shop"] }), back] }, "bus-loop")).toEqual([
      "rule back of bus bank and rule there of bus shop send each other's events back: EventBridge refuses the second hop",
    ]);
    expect(sentences({ buses: [there({ source: ["bank"] }), back] }, "bus-loop")).toEqual([]);
  });

  it("tells a second hop", () => {
    const first = bus("shop", rule("first", fine, { targets: [toBus("bank")] }));
    const onward = (source: string) =>
      bus("bank", rule("onward", { source: [source] }, { bus: "bank", targets: [toBus("audit")] }));
    const buses = (source: string) => [first, onward(source), bus("audit")];
    expect(sentences({ buses: buses("shop") }, "second-hop")).toHaveLength(1);
    expect(sentences({ buses: buses("bank") }, "second-hop")).toEqual([]);
  });

  const allow = (Condition?: object, Principal: object = { Service: "events.amazonaws.com" }) =>
    JSON.stringify({
      Statement: [
        { Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: queueArn("q-r"), Condition },
      ],
    });
  const arnIs = (arn: string) => ({ ArnEquals: { "aws:SourceArn": arn } });
  it.each<[string, Record<string, string>, boolean]>([
    ["no policy", {}, true],
    ["a policy for all rules", { Policy: allow() }, false],
    ["a policy for this rule", { Policy: allow(arnIs(`arn:aws:events:${home}:rule/shop/r`)) }, false],
    ["a policy for another rule", { Policy: allow(arnIs(`arn:aws:events:${home}:rule/shop/s`)) }, true],
    [
      "a policy for the account",
      { Policy: allow({ StringEquals: { "aws:SourceAccount": "123456789012" } }) },
      false,
    ],
    ["a policy for another service", { Policy: allow(undefined, { Service: "sns.amazonaws.com" }) }, true],
    ["a policy with an unknown", { Policy: allow(arnIs("${ImportValue rule}")) }, false],
    ["AWS's own key", { Policy: allow(), KmsMasterKeyId: "alias/aws/sqs" }, true],
  ])("asks the policy of a queue: %s", (_, attributes, isShut) => {
    const found = sentences(
      { buses: [bus("shop", rule("r", fine))], queues: [queue("q-r", attributes)] },
      "queue-refuses",
    );
    expect(found).toHaveLength(isShut ? 1 : 0);
  });

  it("asks the policy of a dead-letter queue, even where the target has a role", () => {
    const targets = [target("q-r", { RoleArn: "arn:aws:iam::123456789012:role/send" })];
    const buses = [bus("shop", rule("r", fine, { targets }))];
    expect(sentences({ buses, queues: [queue("q-r"), queue("dlq")] }, "queue-refuses")).toEqual([
      "the dead-letter queue of target q-r of rule r cannot be reached: no policy of queue dlq lets rule r in",
    ]);
  });

  it.each([
    [
      "a condition on the account",
      "${AWS::Region}",
      "${AWS::AccountId}",
      { "aws:SourceAccount": "${AWS::AccountId}" },
      0,
    ],
    [
      "one that is written out",
      "${AWS::Region}",
      "${AWS::AccountId}",
      { "aws:SourceAccount": "123456789012" },
      0,
    ],
    [
      "the ARN, written out, of a rule whose region nobody knows yet",
      ...["${AWS::Region}", "${AWS::AccountId}"],
      { "aws:SourceArn": `arn:aws:events:${home}:rule/shop/r` },
      0,
    ],
    [
      "the ARN of another rule",
      ...["${AWS::Region}", "${AWS::AccountId}"],
      { "aws:SourceArn": `arn:aws:events:${home}:rule/shop/other` },
      1,
    ],
    ["another account", "eu-west-1", "999999999999", { "aws:SourceAccount": "123456789012" }, 1],
  ] as const)("of a queue's policy: %s", (_, region, account, wanted, count) => {
    const arn = `arn:aws:sqs:${region}:${account}:q-r`;
    const StringEquals = { StringEquals: wanted };
    const Policy = JSON.stringify({
      Statement: {
        ...{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage" },
        ...{ Resource: "*", Condition: StringEquals },
      },
    });
    const targets = [target("q-r", { Arn: arn })];
    const one = rule("r", fine, { targets, arn: `arn:aws:events:${region}:${account}:rule/shop/r` });
    const queues = [{ name: "q-r", arn, attributes: { Policy } }];
    expect(sentences({ buses: [bus("shop", one)], queues }, "queue-refuses")).toHaveLength(count);
  });

  it("misses queues of a deployed bus only", () => {
    const given = { buses: [bus("shop", rule("r", fine))], queues: [queue("dlq", { Policy: allow() })] };
    expect(sentences({ ...given, isDeployed: true }, "queue-missing")).toEqual([
      "target q-r of rule r is queue q-r, which does not exist",
    ]);
    expect(sentences(given, "queue-missing")).toEqual([]);
  });

  it("does not judge what only the deploy decides", () => {
    const open = rule(
      "r",
      { source: [{ cidr: "${Net}" }], account: ["${AWS::AccountId}"] },
      {
        unknowns: [
          { name: "Net", path: "pattern.source[0].cidr" },
          { name: "AWS::AccountId", path: "pattern.account[0]" },
        ],
      },
    );
    expect(idsOf(open)).toEqual([]);
    const template = { InputTransformer: { InputTemplate: '{"a": ${Value}}' } };
    const unknowns = [{ name: "Value", path: "targets.t.InputTransformer.InputTemplate" }];
    expect(idsOf(rule("r", fine, { targets: [target("t", template)], unknowns }))).toEqual([]);
  });

  it("has ids of one form, each once, and each can be switched off", () => {
    expect(new Set(checkIds).size).toBe(checkIds.length);
    for (const { id, about } of checks) expect(`${id}: ${about}`).toMatch(/^[a-z]+(-[a-z]+)*: \S.*[^.]$/);
    const buses = [bus("shop", rule("r", { Source: ["x"] }, { targets: [] }))];
    expect(find({ buses }).map(({ id }) => id)).toEqual(["pattern-never-matches", "rule-without-targets"]);
    expect(find({ buses, off: ["pattern-never-matches"] }).map(({ id }) => id)).toEqual([
      "rule-without-targets",
    ]);
  });
});
