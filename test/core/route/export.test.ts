import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bus, BusModel, QueueModel, Rule, Target } from "../../../src/core/route/bus.ts";
import { printTree } from "../../../src/core/route/file/print.ts";
import { renderBusFile } from "../../../src/core/route/file/render.ts";
import { readSource } from "../../../src/core/route/source/index.ts";
import { normalJson } from "../../../src/core/transform/index.ts";

const exported = (model: BusModel): string => printTree(renderBusFile(model));

/** What a bus file says of a model: no places, no ids of a template, JSON without blanks. */
function bare(model: BusModel): unknown {
  const left = ["place", "places", "logicalId", "isNameGenerated"];
  return JSON.parse(JSON.stringify(model), (key, value: unknown) => {
    if (left.includes(key)) return undefined;
    if (["pattern", "policy", "Policy"].includes(key) && typeof value === "string")
      return value.startsWith("{") ? normalJson(value) : value;
    return value;
  });
}

function readBack(model: BusModel): BusModel {
  const { model: read, faults } = readSource({ name: "b.json", text: exported(model) });
  expect(faults).toEqual([]);
  return read;
}

const home = "eu-west-1:123456789012";
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const pattern = fc.oneof(
  fc.constantFrom(
    '{"source":["a"]}',
    '{ "detail": {"n": [1.50, 9007199254740993, 1e3]} }',
    '{"source":["a"],"source":["b"]}',
    '{"detail":{"a":[1]},"detail":{"b":["\\u00e4"]}}',
  ),
  fc.dictionary(text, fc.array(text, { minLength: 1 }), { minKeys: 1 }).map((value) => JSON.stringify(value)),
);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const queueNames = ["q1", "q2", "dlq"];
const queueArn = fc.constantFrom(...queueNames, "elsewhere").map((queue) => `arn:aws:sqs:${home}:${queue}`);
const input = fc.oneof(
  fc.record({ Input: fc.oneof(fc.json(), fc.constantFrom('{"a": 1}', '"text"', "17", '{"a":1.0}')) }),
  fc.record({ InputPath: fc.constant("$.detail") }),
  fc.record({
    InputTransformer: fc.record({ InputPathsMap: fc.constant({ x: "$.detail.x" }), InputTemplate: text }),
  }),
  fc.constant({}),
);
const target: fc.Arbitrary<Target> = fc
  .record({
    Id: name,
    Arn: fc.oneof(queueArn, fc.constant(`arn:aws:events:${home}:event-bus/two`)),
    RoleArn: some(fc.constant("arn:aws:iam::123456789012:role/r")),
    input,
    DeadLetterConfig: some(queueArn.map((Arn) => ({ Arn }))),
    RetryPolicy: some(fc.record({ MaximumRetryAttempts: fc.nat(185) })),
    SqsParameters: some(fc.record({ MessageGroupId: name })),
    EcsParameters: some(fc.constant({ TaskCount: 2, TaskDefinitionArn: "arn:x" })),
  })
  .map(({ input, ...target }) => ({ ...target, ...input }) as Target);
const ruleOf = (bus: string): fc.Arbitrary<Rule> =>
  fc
    .record({
      name,
      description: some(text),
      state: fc.constantFrom("ENABLED" as const, "DISABLED" as const),
      pattern,
      schedule: some(fc.constant("rate(1 hour)")),
      roleArn: some(text),
      managedBy: some(text),
      targets: fc.uniqueArray(target, { maxLength: 3, selector: ({ Id }) => Id }),
      unknowns: fc.array(fc.record({ name: text, path: text }), { maxLength: 1 }),
    })
    .map((rule) => ({ ...rule, bus, arn: `arn:aws:events:${home}:rule/${bus}/${rule.name}` }) as Rule);
const busOf = (bus: string): fc.Arbitrary<Bus> =>
  fc
    .record({
      description: some(text),
      deadLetterArn: some(queueArn),
      policy: some(fc.constant('{"Version":"2012-10-17","Statement":[]}')),
      archives: some(
        fc.uniqueArray(fc.record({ name, pattern: some(pattern), retentionDays: some(fc.nat(30)) }), {
          minLength: 1,
          maxLength: 2,
          selector: (archive) => archive.name,
        }),
      ),
      rules: fc.uniqueArray(ruleOf(bus), { maxLength: 3, selector: (rule) => rule.name }),
    })
    .map(({ archives, ...more }) => ({
      name: bus,
      arn: `arn:aws:events:${home}:event-bus/${bus}`,
      ...more,
      ...(archives && {
        archives: archives.map((archive) => ({
          ...archive,
          arn: `arn:aws:events:${home}:archive/${bus}-${archive.name}`,
          name: `${bus}-${archive.name}`,
        })),
      }),
    })) as fc.Arbitrary<Bus>;
const queueOf = (queue: string): fc.Arbitrary<QueueModel> =>
  fc
    .record({
      Policy: some(fc.constant('{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]}')),
      RedrivePolicy: some(
        fc.constantFrom(
          `{"deadLetterTargetArn":"arn:aws:sqs:${home}:dlq","maxReceiveCount":3}`,
          `{"maxReceiveCount":"3","deadLetterTargetArn":"arn:aws:sqs:${home}:gone"}`,
        ),
      ),
      VisibilityTimeout: some(fc.constant("60")),
    })
    .map((attributes) => ({ name: queue, arn: `arn:aws:sqs:${home}:${queue}`, attributes }) as QueueModel);
const model: fc.Arbitrary<BusModel> = fc.record({
  buses: fc.tuple(busOf("one"), busOf("two")),
  queues: fc.tuple(...queueNames.map(queueOf)),
}) as fc.Arbitrary<BusModel>;

describe("an exported bus file", () => {
  it("is read back to the same model", () => {
    fc.assert(
      fc.property(model, (given) => {
        expect(bare(readBack(given))).toEqual(bare(given));
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  const root = join(import.meta.dirname, "../../..");
  const filesIn = (folder: string) => readdirSync(join(root, folder)).map((file) => join(folder, file));
  it.each(
    [...filesIn("templates/buses"), ...filesIn("test/vectors/templates")].filter(
      (file) => !/README|patterns\.yml|\.evb\.yaml/.test(file),
    ),
  )("of %s says the same", (name) => {
    const open = (path: string) => ({
      name: path,
      text: readFileSync(join(root, "test/vectors/templates", path), "utf8"),
    });
    const { model, faults } = readSource({ name, text: readFileSync(join(root, name), "utf8") }, { open });
    expect(faults).toEqual([]);
    const back = bare(readBack(model)) as BusModel;
    expect(back.buses).toEqual((bare(model) as BusModel).buses);
    expect(back.queues.map(({ arn }) => arn)).toEqual(model.queues.map(({ arn }) => arn));
    // And once more: what was written once is written the same again.
    expect(exported(back)).toBe(exported(model));
  });

  it("keeps the account that it is of, and moves to an emulator", () => {
    const text = JSON.stringify({
      home: { region: "eu-west-1", account: "123456789012" },
      buses: {
        b: {
          rules: {
            r: {
              pattern: { resources: ["arn:aws:s3:eu-west-1:123456789012:bucket"] },
              targets: [{ id: "t", arn: "arn:aws:sqs:eu-west-1:123456789012:q" }],
            },
          },
        },
      },
    });
    const emulator = { partition: "aws", region: "us-east-1", account: "000000000000" };
    const read = (isHomeFixed: boolean) =>
      readSource({ name: "b", text }, { home: emulator, isHomeFixed }).model.buses[0]!.rules[0]!;
    expect(read(false)).toMatchObject({ arn: "arn:aws:events:eu-west-1:123456789012:rule/b/r" });
    expect(read(true)).toMatchObject({
      arn: "arn:aws:events:us-east-1:000000000000:rule/b/r",
      pattern: '{"resources":["arn:aws:s3:eu-west-1:123456789012:bucket"]}',
      targets: [{ Arn: "arn:aws:sqs:us-east-1:000000000000:q" }],
    });
    const region = readSource({ name: "b", text: '{"home":{"region":"eu-west-1"},"buses":{"b":{}}}' });
    expect(region.model.buses[0]!.arn).toBe("arn:aws:events:eu-west-1:${AWS::AccountId}:event-bus/b");
    const wrong = readSource({ name: "b", text: '{"home":{"region":1,"acount":"2"},"buses":{}}' });
    expect(wrong.faults.map(({ what }) => what)).toEqual([
      "home.region: expected a text",
      'home: unknown field "acount", expected one of partition, region, account',
    ]);
  });
});
