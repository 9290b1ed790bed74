import type { Archive, Bus, BusModel, QueueModel, Rule, Target } from "../bus.ts";
import { readJson } from "../source/json.ts";
import { dict, leaf, list, type Tree } from "../source/tree.ts";
import { queueAttributes, targetParameters } from "../template/known.ts";
import { fitting, jsonTree, textOrJson, valueTree } from "./json-tree.ts";
import { letInPolicy } from "./policy.ts";

const none = { file: "" };
const text = (value: string | undefined): Tree | undefined =>
  value === undefined ? undefined : leaf(value, none);
const number = (value: number | undefined): Tree | undefined =>
  value === undefined ? undefined : leaf(value, none);
const object = (fields: Readonly<Record<string, Tree | undefined>>): Tree => dict(fields, none);
const named = <T extends { readonly name: string }>(things: readonly T[], tree: (thing: T) => Tree): Tree =>
  object(Object.fromEntries(things.map((thing) => [thing.name, tree(thing)])));

/** What of a model a bus file is written of. */
interface Writing {
  readonly model: BusModel;
  /** The queue's name where the file has it, else its ARN. */
  readonly queue: (arn: string) => Tree;
}

/**
 * The document of a bus file that is read back to the same buses and queues. Left out is what only a deployed thing has,
 * such as how many messages a queue holds, and places.
 */
export function renderBusFile(model: BusModel): Tree {
  const names = new Map(model.queues.map(({ arn, name }) => [arn, name]));
  const writing: Writing = { model, queue: (arn) => leaf(names.get(arn) ?? arn, none) };
  return object({
    home: homeOf(model),
    buses: named(model.buses, (bus) => busTree(writing, bus)),
    queues: model.queues.length === 0 ? undefined : named(model.queues, (queue) => queueTree(writing, queue)),
  });
}

/** Where the buses are, as far as that is known. */
function homeOf({ buses, queues }: BusModel): Tree | undefined {
  const form = /^arn:(aws[\w-]*):[\w-]+:(?:([\w-]+)|\$\{AWS::Region\}):(?:(\d{12})|\$\{AWS::AccountId\}):/;
  const found = [...buses, ...queues].map(({ arn }) => form.exec(arn)).find((match) => match !== null);
  const [, partition, region, account] = found ?? [];
  if (region === undefined && account === undefined) return undefined;
  return object({
    partition: partition === "aws" ? undefined : text(partition),
    region: text(region),
    account: text(account),
  });
}

const busTree = (writing: Writing, bus: Bus): Tree =>
  object({
    description: text(bus.description),
    deadLetterQueue: bus.deadLetterArn === undefined ? undefined : writing.queue(bus.deadLetterArn),
    policy: jsonTree(bus.policy),
    archives: bus.archives && named(bus.archives, archiveTree),
    rules: bus.rules.length === 0 ? undefined : named(bus.rules, (rule) => ruleTree(writing, rule)),
  });

const archiveTree = ({ description, pattern, retentionDays }: Archive): Tree =>
  object({ description: text(description), pattern: fitting(pattern), retentionDays: number(retentionDays) });

const ruleTree = (writing: Writing, rule: Rule): Tree =>
  object({
    description: text(rule.description),
    pattern: fitting(rule.pattern),
    schedule: text(rule.schedule),
    state: rule.state === "ENABLED" ? undefined : text(rule.state),
    roleArn: text(rule.roleArn),
    managedBy: text(rule.managedBy),
    targets:
      rule.targets.length === 0
        ? undefined
        : list(
            rule.targets.map((target) => targetTree(writing, target)),
            none,
          ),
    unknowns:
      rule.unknowns.length === 0
        ? undefined
        : list(
            rule.unknowns.map(({ name, path }) => object({ name: text(name), path: text(path) })),
            none,
          ),
  });

function targetTree(writing: Writing, target: Target): Tree {
  const { Id, RoleArn, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy } = target;
  const paths = InputTransformer?.InputPathsMap;
  const others = targetParameters.filter((name) => target[name] !== undefined);
  return object({
    id: text(Id),
    ...addressOf(writing, target),
    roleArn: text(RoleArn),
    input: textOrJson(Input),
    inputPath: text(InputPath),
    inputTransformer:
      InputTransformer &&
      object({
        inputPathsMap:
          paths &&
          object(Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, text(path)]))),
        inputTemplate: text(InputTransformer.InputTemplate),
      }),
    messageGroupId: text(target.SqsParameters?.MessageGroupId),
    deadLetterQueue: DeadLetterConfig && writing.queue(DeadLetterConfig.Arn),
    retryPolicy:
      RetryPolicy &&
      object({
        maximumRetryAttempts: number(RetryPolicy.MaximumRetryAttempts),
        maximumEventAgeInSeconds: number(RetryPolicy.MaximumEventAgeInSeconds),
      }),
    parameters:
      others.length === 0
        ? undefined
        : object(Object.fromEntries(others.map((name) => [name, valueTree(target[name])]))),
  });
}

/** A bus without a role stays an ARN: a bus that is named gets one when it is read. */
function addressOf({ model }: Writing, { Arn, RoleArn }: Target): Readonly<Record<string, Tree>> {
  const queue = model.queues.find(({ arn }) => arn === Arn);
  if (queue !== undefined) return { queue: leaf(queue.name, none) };
  const bus = RoleArn === undefined ? undefined : model.buses.find(({ arn }) => arn === Arn);
  return bus === undefined ? { arn: leaf(Arn, none) } : { bus: leaf(bus.name, none) };
}

function queueTree(writing: Writing, { arn, attributes }: QueueModel): Tree {
  const { Policy, RedrivePolicy } = attributes;
  const redrive = redriveOf(writing, RedrivePolicy);
  const kept = queueAttributes.flatMap((name) =>
    attributes[name] === undefined || (name === "RedrivePolicy" && redrive !== undefined)
      ? []
      : [[name, text(attributes[name])] as const],
  );
  const rules = writing.model.buses.flatMap((bus) => bus.rules);
  return object({
    attributes: kept.length === 0 ? undefined : object(Object.fromEntries(kept)),
    ...redrive,
    policy: Policy === letInPolicy(arn, rules) ? undefined : (jsonTree(Policy) ?? text("none")),
  });
}

/** In the file's own words where they say all of it. */
function redriveOf(
  { queue }: Writing,
  policy: string | undefined,
): Readonly<Record<string, Tree>> | undefined {
  const found = /^\{"deadLetterTargetArn":"([^"\\]+)","maxReceiveCount":(\d+)\}$/.exec(policy ?? "");
  if (found === null) return undefined;
  return { deadLetterQueue: queue(found[1]!), maxReceiveCount: readJson("", found[2]!) };
}
