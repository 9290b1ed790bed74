import type { Archive, Bus, Rule, Unknown } from "../bus.ts";
import { type Draft, emptyDraft } from "../source/model.ts";
import { placesOf } from "../source/places.ts";
import type { Source } from "../source/read.ts";
import { at, type Entry, entriesOf, itemsOf, type Tree } from "../source/tree.ts";
import { stackArn } from "../template/pseudo.ts";
import { settleHome } from "./home.ts";
import { readQueues } from "./queues.ts";
import { FieldReader, fileFields } from "./shape.ts";
import { readTargets } from "./target.ts";

/** What the readers of a bus file share. */
export interface BusFile {
  readonly read: FieldReader;
  readonly buses: ReadonlyMap<string, Tree>;
  readonly queues: ReadonlyMap<string, Tree>;
  /** An ARN at the home of the file. */
  readonly arn: (service: string, resource: string) => string;
  readonly roleArn: (role: string) => string;
}

/**
 * A bus file: buses with their rules and targets, and the queues behind them, in one document. Targets and dead-letter
 * queues are named where they are of the file, else given by ARN.
 */
export function readBusFile(source: Source): Draft {
  const { faults, unknowns } = source;
  const read = new FieldReader(faults);
  const { tree, home } = settleHome(source, read);
  const fields = read.fields(tree, "the file", fileFields.file);
  const scope = { home, unknowns, stackName: undefined };
  const arn = (service: string, resource: string, isGlobal = false) =>
    unknowns.settle(stackArn(scope, service, resource, isGlobal));
  const file: BusFile = {
    read,
    arn,
    roleArn: (role) => arn("iam", `role/${role}`, true),
    buses: read.fields(fields.get("buses"), "buses"),
    queues: read.fields(fields.get("queues"), "queues"),
  };
  const draft = emptyDraft((bus) => arn("events", `event-bus/${bus}`));
  for (const [name, entry] of entriesOf(fields.get("buses"))) {
    draft.buses.push(readBus(file, name, entry));
    for (const [rule, spec] of entriesOf(at(entry.value, "rules")))
      draft.rules.push(readRule(file, name, rule, spec));
    for (const [archive, spec] of entriesOf(at(entry.value, "archives")))
      draft.archives.push({ ...readArchive(file, name, archive, spec), source: draft.arnOf(name) });
  }
  draft.queues = readQueues(file, draft.rules, fields.get("queues"));
  return draft;
}

function readBus(file: BusFile, name: string, { value, place }: Entry): Bus {
  const { read } = file;
  const path = `buses.${name}`;
  const fields = read.fields(value, path, fileFields.bus);
  read.fields(fields.get("rules"), `${path}.rules`);
  const description = read.text(fields.get("description"), `${path}.description`);
  const deadLetterArn = queueArn(file, fields.get("deadLetterQueue"), `${path}.deadLetterQueue`);
  const policy = read.object(fields.get("policy"), `${path}.policy`);
  return {
    name,
    arn: file.arn("events", `event-bus/${name}`),
    ...(description !== undefined && { description }),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(policy !== undefined && { policy }),
    rules: [],
    place,
  };
}

function readArchive(file: BusFile, bus: string, name: string, { value, place }: Entry): Archive {
  const { read } = file;
  const path = `buses.${bus}.archives.${name}`;
  const fields = read.fields(value, path, fileFields.archive);
  const description = read.text(fields.get("description"), `${path}.description`);
  const pattern = read.pattern(fields.get("pattern"), `${path}.pattern`);
  const retentionDays = read.number(fields.get("retentionDays"), `${path}.retentionDays`);
  return {
    name,
    arn: file.arn("events", `archive/${name}`),
    ...(description !== undefined && { description }),
    ...(pattern !== undefined && { pattern }),
    ...(retentionDays !== undefined && { retentionDays }),
    place,
  };
}

const states = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] as const;

function readRule(file: BusFile, bus: string, name: string, { value, place }: Entry): Rule {
  const { read } = file;
  const path = `buses.${bus}.rules.${name}`;
  const fields = read.fields(value, path, fileFields.rule);
  const text = (field: string) => {
    const found = read.text(fields.get(field), `${path}.${field}`);
    return found === undefined ? {} : { [field]: found };
  };
  const pattern = read.pattern(fields.get("pattern"), `${path}.pattern`);
  if (fields.get("pattern") === undefined && fields.get("schedule") === undefined)
    read.fault({ place }, path, "expected a pattern or a schedule");
  return {
    name,
    bus,
    arn: file.arn("events", bus === "default" ? `rule/${name}` : `rule/${bus}/${name}`),
    ...text("description"),
    state: read.oneOf(fields.get("state"), `${path}.state`, states) ?? "ENABLED",
    ...(pattern !== undefined && { pattern }),
    ...text("schedule"),
    ...text("roleArn"),
    ...text("managedBy"),
    targets: readTargets(file, fields.get("targets"), `${path}.targets`),
    place,
    places: placesOf(fields, place),
    unknowns: itemsOf(fields.get("unknowns")).map((unknown, index) =>
      readUnknown(read, unknown, `${path}.unknowns[${index}]`),
    ),
  };
}

/** What only the deploy decides, of a rule that was exported before it. */
function readUnknown(read: FieldReader, tree: Tree, path: string): Unknown {
  const fields = read.fields(tree, path, fileFields.unknown);
  const text = (field: string) => read.text(fields.get(field), `${path}.${field}`) ?? "";
  return { name: text("name"), path: text("path") };
}

/** The ARN of a queue that is named as one of the file, or given by ARN. */
export function queueArn(file: BusFile, tree: Tree | undefined, path: string): string | undefined {
  const name = file.read.text(tree, path);
  if (name === undefined || name.startsWith("arn:")) return name;
  if (!file.queues.has(name))
    return file.read.fault(tree!, path, `the file has no queue ${JSON.stringify(name)}`);
  return file.arn("sqs", name);
}
