import type { Target } from "../bus.ts";
import { entriesOf, itemsOf, plain, renderTree, type Tree, textOf } from "../source/tree.ts";
import { targetParameters } from "../template/known.ts";
import { type BusFile, queueArn } from "./read.ts";
import { fileFields } from "./shape.ts";

export function readTargets(file: BusFile, tree: Tree | undefined, path: string): Target[] {
  if (tree === undefined) return [];
  if (tree.kind !== "list") {
    file.read.fault(tree, path, "expected a list");
    return [];
  }
  return itemsOf(tree).flatMap((target, index) => readTarget(file, target, `${path}[${index}]`) ?? []);
}

function readTarget(file: BusFile, tree: Tree, path: string): Target | undefined {
  const { read } = file;
  const fields = read.fields(tree, path, fileFields.target);
  const text = (field: string) => read.text(fields.get(field), `${path}.${field}`);
  const id = text("id");
  if (!fields.has("id")) read.fault(tree, `${path}.id`, "expected a text");
  const arn = arnOf(file, tree, fields, path);
  const role = text("roleArn");
  const given = {
    Id: id,
    Arn: arn,
    // PutTargets demands a role for a bus. Where a file names none, the target is for an emulator, which asks no IAM.
    RoleArn: role ?? (fields.has("bus") ? file.roleArn("send-to-event-bus") : undefined),
    Input: inputOf(fields.get("input")),
    InputPath: text("inputPath"),
    InputTransformer: transformerOf(file, fields.get("inputTransformer"), `${path}.inputTransformer`),
    DeadLetterConfig: wrap("Arn", queueArn(file, fields.get("deadLetterQueue"), `${path}.deadLetterQueue`)),
    RetryPolicy: retryOf(file, fields.get("retryPolicy"), `${path}.retryPolicy`),
    SqsParameters: wrap("MessageGroupId", text("messageGroupId")),
    ...parametersOf(file, fields.get("parameters"), `${path}.parameters`),
  };
  return id === undefined || arn === undefined ? undefined : (known(given) as Target);
}

/** An object without the fields that are undefined. */
const known = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const wrap = (name: string, value: string | undefined) =>
  value === undefined ? undefined : { [name]: value };

function arnOf(
  file: BusFile,
  tree: Tree,
  fields: ReadonlyMap<string, Tree>,
  path: string,
): string | undefined {
  const { read } = file;
  const [queue, bus, arn] = ["queue", "bus", "arn"].map((field) => fields.get(field));
  if ([queue, bus, arn].filter((field) => field !== undefined).length !== 1)
    return read.fault(tree, path, "expected one of queue, bus and arn");
  if (queue !== undefined) return queueArn(file, queue, `${path}.queue`);
  if (arn !== undefined) return read.text(arn, `${path}.arn`);
  const name = read.text(bus, `${path}.bus`);
  if (name === undefined) return undefined;
  if (!file.buses.has(name))
    return read.fault(bus!, `${path}.bus`, `the file has no bus ${JSON.stringify(name)}`);
  return file.arn("events", `event-bus/${name}`);
}

/** Constant JSON: as a text, or as it is. */
function inputOf(tree: Tree | undefined): string | undefined {
  if (tree === undefined) return undefined;
  return tree.kind === "leaf" && typeof tree.value === "string" ? textOf(tree) : renderTree(tree);
}

function transformerOf({ read }: BusFile, tree: Tree | undefined, path: string) {
  if (tree === undefined) return undefined;
  const fields = read.fields(tree, path, fileFields.transformer);
  const InputTemplate = read.text(fields.get("inputTemplate"), `${path}.inputTemplate`);
  if (!fields.has("inputTemplate")) read.fault(tree, `${path}.inputTemplate`, "expected a text");
  const paths = entriesOf(fields.get("inputPathsMap")).map(([name, { value }]) => [
    name,
    read.text(value, `${path}.inputPathsMap.${name}`),
  ]);
  return known({
    InputPathsMap: paths.length === 0 ? undefined : Object.fromEntries(paths),
    InputTemplate,
  });
}

function retryOf({ read }: BusFile, tree: Tree | undefined, path: string) {
  if (tree === undefined) return undefined;
  const fields = read.fields(tree, path, fileFields.retry);
  return known({
    MaximumRetryAttempts: read.number(fields.get("maximumRetryAttempts"), `${path}.maximumRetryAttempts`),
    MaximumEventAgeInSeconds: read.number(
      fields.get("maximumEventAgeInSeconds"),
      `${path}.maximumEventAgeInSeconds`,
    ),
  });
}

/** What other kinds of targets take, by the API's names. */
function parametersOf({ read }: BusFile, tree: Tree | undefined, path: string): object {
  const fields = read.fields(tree, path, targetParameters);
  return Object.fromEntries([...fields].map(([name, value]) => [name, plain(value)]));
}
