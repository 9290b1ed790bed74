import type { QueueModel, Rule } from "../bus.ts";
import { type Entry, entriesOf, renderTree, type Tree, textOf } from "../source/tree.ts";
import { letInPolicy } from "./policy.ts";
import { type BusFile, queueArn } from "./read.ts";
import { fileFields } from "./shape.ts";

/** The queues of a bus file. Unless it says otherwise, a queue lets in the rules of the file that send to it. */
export const readQueues = (file: BusFile, rules: readonly Rule[], tree: Tree | undefined): QueueModel[] =>
  entriesOf(tree).map(([name, entry]) => readQueue(file, rules, name, entry));

function readQueue(file: BusFile, rules: readonly Rule[], name: string, { value, place }: Entry): QueueModel {
  const { read } = file;
  const path = `queues.${name}`;
  const fields = read.fields(value, path, fileFields.queue);
  const arn = file.arn("sqs", name);
  const given = [...read.fields(fields.get("attributes"), `${path}.attributes`)].map(([attribute, tree]) => [
    attribute,
    textOf(tree) ?? renderTree(tree),
  ]);
  const Policy = policyOf(file, fields.get("policy"), `${path}.policy`, arn, rules);
  const RedrivePolicy = redriveOf(file, fields, path);
  return {
    name,
    arn,
    attributes: {
      ...Object.fromEntries(given),
      ...(RedrivePolicy !== undefined && { RedrivePolicy }),
      ...(Policy !== undefined && { Policy }),
    },
    place,
  };
}

function policyOf(
  { read }: BusFile,
  tree: Tree | undefined,
  path: string,
  arn: string,
  rules: readonly Rule[],
) {
  if (tree?.kind === "dict") return renderTree(tree);
  const choice = read.oneOf(tree, path, ["rules", "none"]);
  return choice === "none" ? undefined : letInPolicy(arn, rules);
}

function redriveOf(file: BusFile, fields: ReadonlyMap<string, Tree>, path: string): string | undefined {
  const deadLetterTargetArn = queueArn(file, fields.get("deadLetterQueue"), `${path}.deadLetterQueue`);
  const maxReceiveCount = file.read.number(fields.get("maxReceiveCount"), `${path}.maxReceiveCount`);
  if (deadLetterTargetArn === undefined) return undefined;
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount: maxReceiveCount ?? 10 });
}
