import { describe, expect, it } from "vitest";
import { Router } from "../../../src/core/route/route.ts";
import { readSource, renderFault } from "../../../src/core/route/source/index.ts";

const read = (text: string, files: Readonly<Record<string, string>> = {}, name = "t.yaml") => {
  const open = (path: string) => (files[path] === undefined ? undefined : { name: path, text: files[path] });
  const { model, faults, warnings } = readSource({ name, text }, { open });
  return {
    model,
    rules: model.buses.flatMap(({ rules }) => rules),
    faults: faults.map(renderFault),
    warnings: warnings.map(renderFault),
  };
};
const rule = (pattern: string, more = "") =>
  `{Type: AWS::Events::Rule, Properties: {EventPattern: ${pattern}, Targets: [{Id: t, Arn: a${more}}]}}`;

describe("Fn::ForEach", () => {
  it("is carried out, one loop in another, in conditions too", () => {
    const { rules, faults } = read(`
Transform: AWS::LanguageExtensions
Parameters: {Envs: {Type: CommaDelimitedList, Default: "eu-1,us-2"}}
Mappings: {Of: {eu-1: {Kinds: [A, B]}, us-2: {Kinds: [C]}}}
Conditions:
  Fn::ForEach::IsEu: [Env, !Ref Envs, {"Is&{Env}": !Equals [!Ref Env, eu-1]}]
Resources:
  Fn::ForEach::Envs:
    - Env
    - !Ref Envs
    - Fn::ForEach::Kinds:
        - Kind
        - !FindInMap [Of, !Ref Env, Kinds]
        - "&{Env}\${Kind}":
            Type: AWS::Events::Rule
            Condition: Is&{Env}
            Properties: {EventPattern: {source: [!Ref Kind], detail-type: [!Sub "x \${Env}"]}}
`);
    expect(faults).toEqual([]);
    expect(rules.map(({ name, pattern }) => [name, pattern])).toEqual([
      ["eu1A", '{"source":["A"],"detail-type":["x eu-1"]}'],
      ["eu1B", '{"source":["B"],"detail-type":["x eu-1"]}'],
    ]);
  });

  it("over a list that only the deploy knows is told, and so is what transforms bring in", () => {
    const { warnings, faults } = read(`
Transform: [AWS::LanguageExtensions, Own]
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::R: [N, !Ref Names, {"\${N}": ${rule("{source: [!Ref N]}")}}]
  Fn::ForEach::S: [N, [a]]
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}
`);
    expect(warnings).toEqual([
      expect.stringMatching(/^t\.yaml:2:38: what the macro Own makes of the template is not known/),
      expect.stringMatching(/^t\.yaml:5:3: what Fn::ForEach::R makes is not read/),
      expect.stringMatching(/^t\.yaml:7:3: what AWS::Include brings into the template is not read/),
    ]);
    expect(faults).toEqual([
      "t.yaml:6:3: Fn::ForEach::S takes the name of a variable, a list of texts, and what is made of each",
    ]);
  });
});

describe("what used to be dropped without a word", () => {
  it.each([
    [
      "a misspelt type",
      "A: {Type: AWS::Events::Rules}",
      "3:3: A: there is no type AWS::Events::Rules (did you",
    ],
    ["no type", "A: {Typ: x}", "3:3: A: the resource has no Type"],
    ["a resource that is none", "A: [1]", "3:6: A: the resource has no Type"],
    [
      "a misspelt part of a target",
      `A: ${rule("{source: [a]}", ", DeadLetterConfig: {TargetArn: x}")}`,
      "A: DeadLetterConfig has no property TargetArn (it has Arn)",
    ],
    [
      "a part of a target that is no object",
      `A: ${rule("{source: [a]}", ", DeadLetterConfig: arn")}`,
      "A: DeadLetterConfig: expected an object",
    ],
    [
      "targets that are no list",
      "A: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: {Id: a, Arn: b}}}",
      "A: Targets: expected a list",
    ],
    [
      "an event of SAM without properties",
      "F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: EventBridgeRule}}}}",
      "F: event E has no Properties",
    ],
  ])("%s is a mistake", (_, resource, fault) =>
    expect(read(`Parameters: {}\nResources:\n  ${resource}\n`).faults).toEqual([
      expect.stringContaining(fault),
    ]),
  );

  it.each([
    [
      "a misspelt event of SAM",
      "F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: EventBridgeRules}}}}",
      "F: event E is of no type that is known here: EventBridgeRules (did you mean EventBridgeRule?)",
    ],
    [
      "a misspelt function",
      `A: ${rule("{source: [!Sup x]}")}`,
      "A: Fn::Sup is no function that is known here (did you mean Fn::Sub?)",
    ],
  ])("%s is told", (_, resource, warning) =>
    expect(read(`Resources:\n  ${resource}\n`).warnings).toEqual([expect.stringContaining(warning)]),
  );

  it("resources that are no object are a mistake", () =>
    expect(read("Resources: []").faults).toEqual(["t.yaml:1:12: Resources: expected an object"]));
});

it("takes an account that begins with a nought for the text that it is to AWS", () => {
  const { rules } = read(`Resources:\n  A: ${rule("{account: [012345678901, 123456789012]}")}\n`);
  expect(rules[0]!.pattern).toBe('{"account":["012345678901",123456789012]}');
});

it("knows the names and ARNs of what events of AWS are told apart by", () => {
  const { rules } = read(`
Resources:
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: photos}}
  P: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: ship}}
  C: {Type: AWS::CodeCommit::Repository, Properties: {RepositoryName: code}}
  Made: {Type: AWS::S3::Bucket}
  A: ${rule("{detail: {a: [!Ref B, !GetAtt B.Arn, !Ref P], b: [!GetAtt C.Name], c: [!Ref C], d: [!Ref Made]}}")}
`);
  const { detail } = JSON.parse(rules[0]!.pattern!);
  expect(detail).toEqual({
    a: ["photos", "arn:${AWS::Partition}:s3:::photos", "ship"],
    b: ["code"],
    ...{ c: ["${C}"], d: ["${Made}"] },
  });
});

it("takes what SAM makes beside a function for unknown, not for missing", () => {
  const { faults, rules } = read(`
Resources:
  F: {Type: AWS::Serverless::Function}
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [a]}
      Targets: [{Id: f, Arn: !Ref F.Alias, RoleArn: !GetAtt FRole.Arn}, {Id: t, Arn: !GetAtt T.TopicArn}]
`);
  expect(faults).toEqual([]);
  expect(rules[0]!.targets.map(({ Arn }) => Arn.split(":").at(-1))).toEqual(["${F.Alias}", "news"]);
});

it("leaves the policy of a queue that a connector of SAM leads to open", () => {
  const { model } = read(`
Resources:
  R:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [a]}}
    Connectors: {C: {Properties: {Destination: [{Id: One}], Permissions: [Write]}}}
  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: R}, Destination: {Id: Two}, Permissions: [Write]}}
  One: {Type: AWS::SQS::Queue}
  Two: {Type: AWS::SQS::Queue}
  Three: {Type: AWS::SQS::Queue}
`);
  expect(model.queues.map(({ isPolicyUnknown }) => isPolicyUnknown)).toEqual([true, true, undefined]);
});

it("says of an input that depends on what is not known neither what it is nor that it is wrong", () => {
  const { model } = read(`
Resources:
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [a]}
      Targets:
        - {Id: open, Arn: a, InputTransformer: {InputTemplate: !Sub '{"n": \${Made}}'}}
        - {Id: text, Arn: a, Input: !Sub '{"n": "\${Made}"}'}
        - {Id: sure, Arn: a, InputTransformer: {InputTemplate: '{"n": <'}}
  Made: {Type: Custom::Thing}
`);
  const [answer] = new Router(model).route(model.buses[0]!, '{"source":"a"}', "2026-01-01T00:00:00Z").rules;
  expect(answer!.deliveries.map(({ target, ...delivery }) => [target.Id, delivery])).toEqual([
    ["open", { open: ["Made"] }],
    ["text", { open: ["Made"], body: '{"n": "${Made}"}' }],
    ["sure", { problem: expect.any(String) }],
  ]);
});

describe("serverless.yml", () => {
  it("has functions in other files, and in lists", () => {
    const event = (source: string) =>
      `{handler: x, events: [{eventBridge: {pattern: {source: [${source}]}}}]}`;
    const files = { "a.yml": `a: ${event("one")}`, "b.yml": event("two") };
    const { rules, faults } = read(
      `service: {name: shop}\nfunctions:\n  - \${file(a.yml)}\n  - {b: "\${file(b.yml)}", c: ${event("three")}}\n`,
      files,
    );
    expect(faults).toEqual([]);
    expect(rules.map(({ name, pattern }) => [name, pattern])).toEqual([
      ["shop-dev-a-rule-1", '{"source":["one"]}'],
      ["shop-dev-b-rule-1", '{"source":["two"]}'],
      ["shop-dev-c-rule-1", '{"source":["three"]}'],
    ]);
  });

  it("tells of what it does not read", () => {
    const { warnings, faults } = read(`service: shop
functions:
  a: {handler: x, events: [{eventbridge: {pattern: {source: [a]}}}, {http: GET /}]}
  b: \${file(b.js)}
  c: 3
stepFunctions: {stateMachines: {}}
resources: {extensions: {ALambdaFunction: {Properties: {}}}}
`);
    expect(warnings).toEqual([
      expect.stringContaining("t.yaml:3:29: a: event eventbridge makes no rule (did you mean eventBridge?)"),
      expect.stringContaining("t.yaml:4:6: function b: not read"),
      expect.stringContaining("t.yaml:6:1: events of stepFunctions are made by a plugin"),
      expect.stringContaining("t.yaml:7:26: resources.extensions.ALambdaFunction is not read"),
    ]);
    expect(faults).toEqual(['t.yaml:5:6: function c: expected an object, found "3"']);
  });
});

describe("terraform", () => {
  const resource = (type: string, name: string, values: object) => ({
    address: `aws_cloudwatch_event_${type}.${name}`,
    mode: "managed",
    type: `aws_cloudwatch_event_${type}`,
    name,
    values,
  });
  const plan = (resources: object[], unknown: Readonly<Record<string, object>>) =>
    JSON.stringify({
      format_version: "1.2",
      variables: { region: { value: "eu-central-1" } },
      planned_values: { root_module: { resources } },
      resource_changes: Object.entries(unknown).map(([name, after_unknown]) => ({
        address: `aws_cloudwatch_event_${name}`,
        change: { after_unknown },
      })),
      configuration: {
        provider_config: { aws: { expressions: { region: { references: ["var.region"] } } } },
      },
    });

  it("names blocks of which nothing is known, and takes the region from a variable", () => {
    const { rules } = read(
      plan(
        [
          resource("rule", "r", { name: "r", event_pattern: '{"source":["a"]}' }),
          resource("target", "t", {
            rule: "r",
            target_id: "t",
            arn: "a",
            input_transformer: [{ input_template: '{"a":<a>}' }],
          }),
        ],
        {
          "rule.r": { arn: true },
          "target.t": { dead_letter_config: true, input_transformer: [{ input_paths: true }] },
        },
      ),
      {},
      "plan.json",
    );
    expect(rules[0]!.arn).toBe("arn:aws:events:eu-central-1:${AWS::AccountId}:rule/r");
    expect(rules[0]!.unknowns.map(({ path }) => path)).toEqual([
      "targets.t.InputPathsMap",
      "targets.t.DeadLetterConfig",
    ]);
  });

  it("keeps rules of two regions apart, whoever says which region it is", () => {
    const tree = JSON.parse(
      plan(
        [
          resource("rule", "near", { name: "r", event_pattern: '{"source":["a"]}' }),
          resource("rule", "far", { name: "r", event_pattern: '{"source":["a"]}' }),
          resource("rule", "own", { name: "r", event_pattern: '{"source":["a"]}', region: "ap-south-1" }),
          resource("rule", "open", { name: "r", event_pattern: '{"source":["a"]}' }),
          resource("target", "t", { rule: "r", target_id: "t", arn: "a", region: "ap-south-1" }),
        ],
        Object.fromEntries(["near", "far", "own", "open"].map((name) => [`rule.${name}`, { arn: true }])),
      ),
    );
    const config = (name: string, provider_config_key: string) => ({
      ...{ type: "aws_cloudwatch_event_rule", name, provider_config_key },
    });
    tree.configuration.provider_config["aws.us"] = {
      expressions: { region: { constant_value: "us-east-1" } },
    };
    tree.configuration.root_module = { resources: [config("far", "aws.us"), config("open", "aws.x")] };
    const { model, faults } = read(JSON.stringify(tree), {}, "plan.json");
    expect(faults).toEqual([]);
    expect(model.buses.map(({ arn }) => arn.split(":")[3])).toEqual([
      "eu-central-1",
      "us-east-1",
      "ap-south-1",
    ]);
    expect(
      model.buses.flatMap(({ rules }) =>
        rules.map(({ arn, targets }) => [arn.split(":")[3], targets.length]),
      ),
    ).toEqual([
      ["eu-central-1", 0],
      ["${region of provider aws.x}", 1],
      ["us-east-1", 0],
      ["ap-south-1", 1],
    ]);
  });

  it("tells of a target whose rule is elsewhere", () => {
    const { warnings } = read(
      plan([resource("target", "t", { rule: "other", arn: "a" })], {}),
      {},
      "plan.json",
    );
    expect(warnings).toEqual([
      expect.stringContaining("aws_cloudwatch_event_target.t: there is no rule other on bus default here"),
    ]);
  });
});
