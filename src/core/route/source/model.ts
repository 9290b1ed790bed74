import type { Archive, Bus, BusModel, OtherResource, QueueModel, Rule } from "../bus.ts";

/** What a source has been found to define, before rules are put on their buses. */
export interface Draft {
  readonly buses: Bus[];
  readonly rules: Rule[];
  readonly archives: (Archive & { readonly source: string })[];
  readonly statements: { readonly bus: string; readonly statement: unknown }[];
  queues: QueueModel[];
  readonly others: OtherResource[];
  /** The ARN of a bus that the source refers to and does not define. */
  readonly arnOf: (bus: string) => string;
}

export const emptyDraft = (arnOf: Draft["arnOf"]): Draft => ({
  buses: [],
  rules: [],
  archives: [],
  statements: [],
  queues: [],
  others: [],
  arnOf,
});

export const mergeDrafts = (drafts: readonly Draft[], arnOf: Draft["arnOf"]): Draft => ({
  buses: drafts.flatMap(({ buses }) => buses),
  rules: drafts.flatMap(({ rules }) => rules),
  archives: drafts.flatMap(({ archives }) => archives),
  statements: drafts.flatMap(({ statements }) => statements),
  queues: drafts.flatMap(({ queues }) => queues),
  others: drafts.flatMap(({ others }) => others),
  arnOf,
});

/**
 * Buses with their rules, archives and policies. A bus that is only referred to is there without a place. Buses of one
 * name in several accounts or regions stay apart.
 */
export function finishModel(draft: Draft): BusModel {
  const buses = [...draft.buses];
  const demand = (name: string, home = ""): Bus => {
    const named = buses.filter((bus) => bus.name === name);
    const found =
      named.find(({ arn }) => arn.startsWith(home)) ?? named.find(({ arn }) => mayBeSame(home, homeOf(arn)));
    if (found !== undefined) return found;
    const bus = { name, arn: home === "" ? draft.arnOf(name) : `${home}event-bus/${name}`, rules: [] };
    buses.push(bus);
    return bus;
  };
  const homes = new Map(draft.rules.map((rule) => [rule, demand(rule.bus, homeOf(rule.arn))]));
  for (const { bus } of draft.statements) demand(bus);
  for (const { source } of draft.archives) if (nameIn(source) !== "") demand(nameIn(source), homeOf(source));
  return {
    queues: draft.queues,
    ...(draft.others.length > 0 && { others: draft.others }),
    buses: buses.map((bus) => {
      const archives = draft.archives.filter(
        ({ source }) => nameIn(source) === bus.name && demand(bus.name, homeOf(source)) === bus,
      );
      const statements = draft.statements.filter((statement) => statement.bus === bus.name);
      return {
        ...bus,
        rules: draft.rules.filter((rule) => homes.get(rule) === bus),
        ...(archives.length > 0 && { archives: archives.map(({ source, ...archive }) => archive) }),
        ...(statements.length > 0 && { policy: withStatements(bus, statements) }),
      };
    }),
  };
}

/** What stands before the resource in an ARN of EventBridge; empty for any other text. */
const homeOf = (arn: string): string =>
  /^arn:[^:]*:events:[^:]*(?:::[^:]*)?:[^:]*(?:::[^:]*)?:/.exec(arn)?.[0] ?? "";

/** What only the deploy knows may turn out to be the same. */
function mayBeSame(home: string, other: string): boolean {
  const [parts, others] = [home, other].map((text) => text.split(/(?<!:):(?!:)/));
  return parts!.every((part, index) => part === others![index] || /\$\{/.test(part + others![index]));
}

/** The name of the bus in its ARN; the text itself where it is none. */
const nameIn = (arn: string): string => arn.replace(/^arn:.*:event-bus\//s, "");

function withStatements({ policy, arn }: Bus, added: Draft["statements"]): string {
  const before = policy === undefined ? { Version: "2012-10-17", Statement: [] } : JSON.parse(policy);
  // The short form of a permission is about the whole bus.
  const statements = added.map(({ statement }) => ({ Resource: arn, ...(statement as object) }));
  return JSON.stringify({ ...before, Statement: [...before.Statement, ...statements] });
}
