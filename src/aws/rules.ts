import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  type DescribeEventBusResponse,
  DescribeRuleCommand,
  type DescribeRuleResponse,
  type EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
  PutRuleCommand,
  type PutRuleRequest,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Rule,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { orMissing, pages } from "./answers.ts";
import { leanOf } from "./lean/open.ts";
import { answered } from "./patience.ts";
import { type ItemResult, watchDoubt } from "./results.ts";

export type { PutEventsRequestEntry, Rule, Target };

/** The bus, or undefined when there is none of that name or ARN. */
export const describeBus = (
  events: EventBridgeClient,
  bus: string,
  abortSignal?: AbortSignal,
): Promise<DescribeEventBusResponse | undefined> =>
  orMissing("ResourceNotFoundException", () =>
    answered((how) => events.send(new DescribeEventBusCommand({ Name: bus }), how), 0, abortSignal),
  );

/** The rule, or undefined when it or its bus does not exist. */
export const describeRule = (
  events: EventBridgeClient,
  bus: string,
  rule: string,
): Promise<DescribeRuleResponse | undefined> =>
  orMissing("ResourceNotFoundException", () =>
    answered((how) => events.send(new DescribeRuleCommand({ Name: rule, EventBusName: bus }), how)),
  );

/** Names of all buses, page by page. */
export async function* listBuses(events: EventBridgeClient): AsyncGenerator<string> {
  for await (const page of pages((token) =>
    answered((how) => events.send(new ListEventBusesCommand(token), how)),
  ))
    for (const bus of page.EventBuses ?? []) if (bus.Name !== undefined) yield bus.Name;
}

/** All rules of a bus, page by page, optionally only those whose name begins with `prefix`. */
export async function* listRules(
  events: EventBridgeClient,
  bus: string,
  prefix?: string,
): AsyncGenerator<Rule> {
  const about = { EventBusName: bus, ...(prefix === undefined ? {} : { NamePrefix: prefix }) };
  for await (const page of pages((token) =>
    answered((how) => events.send(new ListRulesCommand({ ...about, ...token }), how)),
  ))
    yield* page.Rules ?? [];
}

/** All targets of a rule, or undefined when the rule or its bus does not exist. */
export const listTargets = (
  events: EventBridgeClient,
  bus: string,
  rule: string,
): Promise<Target[] | undefined> =>
  orMissing("ResourceNotFoundException", async () => {
    const targets: Target[] = [];
    const about = { EventBusName: bus, Rule: rule };
    for await (const page of pages((token) =>
      answered((how) => events.send(new ListTargetsByRuleCommand({ ...about, ...token }), how)),
    ))
      targets.push(...(page.Targets ?? []));
    return targets;
  });

/** Tags of a bus or rule. */
export async function listTags(
  events: EventBridgeClient,
  arn: string,
): Promise<Readonly<Record<string, string>>> {
  const { Tags = [] } = await answered((how) =>
    events.send(new ListTagsForResourceCommand({ ResourceARN: arn }), how),
  );
  return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Makes or changes a rule; returns its ARN. Fields left out are cleared on AWS. */
export async function putRule(events: EventBridgeClient, rule: PutRuleRequest): Promise<string> {
  return (await answered((how) => events.send(new PutRuleCommand(rule), how))).RuleArn!;
}

/** Attaches up to ten targets; a result for each, in order. */
export async function putTargets(
  events: EventBridgeClient,
  bus: string,
  rule: string,
  targets: Target[],
): Promise<ItemResult[]> {
  const command = new PutTargetsCommand({ EventBusName: bus, Rule: rule, Targets: targets });
  const answer = await answered((how) => events.send(command, how));
  return targets.map(({ Id }) => {
    const failed = answer.FailedEntries?.find(({ TargetId }) => TargetId === Id);
    return failed === undefined ? done("") : refused(failed.ErrorCode, failed.ErrorMessage);
  });
}

/** Detaches targets and deletes the rule; what is gone already is no error. */
export async function deleteRule(
  events: EventBridgeClient,
  bus: string,
  rule: string,
  targetIds: string[],
): Promise<void> {
  await orMissing("ResourceNotFoundException", async () => {
    const removal = new RemoveTargetsCommand({ EventBusName: bus, Rule: rule, Ids: targetIds });
    if (targetIds.length > 0) await answered((how) => events.send(removal, how));
    await answered((how) => events.send(new DeleteRuleCommand({ EventBusName: bus, Name: rule }), how));
  });
}

/**
 * Puts up to ten entries in one call and says for each what came of it, in order. A call that fails as a whole throws;
 * `inDoubt` on the results says that an earlier try of the SDK may have arrived too.
 */
export async function putEntries(
  events: EventBridgeClient,
  entries: PutEventsRequestEntry[],
  abortSignal?: AbortSignal,
  endpointId?: string,
): Promise<ItemResult[]> {
  // A global endpoint is another place, with another kind of signature.
  const lean = endpointId === undefined ? leanOf(events) : undefined;
  if (lean !== undefined) {
    const { output, doubt } = await lean.call("PutEvents", { Entries: entries.map(onWire) }, abortSignal);
    return resultsOf(entries, output.Entries ?? [], doubt);
  }
  const about = endpointId === undefined ? {} : { EndpointId: endpointId };
  const command = new PutEventsCommand({ Entries: entries, ...about });
  const doubt = watchDoubt(command.middlewareStack);
  const { Entries = [] } = await events.send(command, abortSignal === undefined ? {} : { abortSignal });
  return resultsOf(entries, Entries, doubt());
}

/** Times are seconds since the epoch there. */
const onWire = ({ Time, ...entry }: PutEventsRequestEntry): object =>
  Time === undefined ? entry : { ...entry, Time: Time.getTime() / 1000 };

const resultsOf = (
  entries: readonly unknown[],
  results: readonly PutEventsResultEntry[],
  inDoubt: boolean,
): ItemResult[] =>
  entries.map((_, index) => {
    const { EventId, ErrorCode, ErrorMessage } = results[index] ?? { ErrorCode: "NoResult" };
    return EventId == null ? refused(ErrorCode, ErrorMessage) : done(EventId, inDoubt);
  });

const done = (id: string, inDoubt = false): ItemResult => ({ ok: true, id, inDoubt });

/** Codes that AWS documents as worth another try, old spelling included. */
const transient = new Set([
  "InternalFailure",
  "InternalException",
  "ThrottlingException",
  "ConcurrentModificationException",
  "NoResult",
]);

const refused = (code = "Unknown", message = ""): ItemResult => ({
  ok: false,
  code,
  message,
  senderFault: !transient.has(code),
});
