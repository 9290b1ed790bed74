import { findValue, normalJson, parsePath } from "../transform/index.ts";
import type { RuleTarget } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";

/**
 * Targets that only EventBridge can call, or only with the role that a rule gives it (API destinations, ECS, Batch,
 * Firehose, …), are reached through a temporary bus. The event on that bus carries what the target is to get under
 * `input`, made by the input transformer of the deployed rule, and the temporary target takes just that: so the
 * original event's id, time and source arrive as they were, although the event that carries them has others.
 */
export const relay = {
  source: "evb.redrive",
  inputPath: "$.detail.input",
  /** Which message an event carries; it comes back as a receipt, and with a failure. */
  messagePath: "$.detail.message",
} as const;

/** A target of a deployed rule, by all that its temporary copy must have. */
export interface RelayRoute {
  /** The same for messages that can share a temporary rule. */
  readonly key: string;
  readonly target: Readonly<Record<string, unknown>>;
}

/** Blocks of a target's parameters whose texts may be paths into the event. Source: EventBridge user guide, targets. */
const dynamic = /Parameters$/;

export function relayRoute(ruleArn: string, { deployed = {} }: RuleTarget): RelayRoute {
  const target: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(deployed)) {
    if (inputs.has(name)) continue;
    target[name] = dynamic.test(name) ? moved(value) : value;
  }
  return { key: `${ruleArn} ${JSON.stringify(target)}`, target };
}

const inputs = new Set(["Input", "InputPath", "InputTransformer"]);

/** Paths lead into the original event, which is now below `detail.event`. Headers are never paths. */
function moved(value: unknown, name = ""): unknown {
  if (name === "HeaderParameters") return value;
  if (typeof value === "string") return value.startsWith("$.") ? `$.detail.event${value.slice(1)}` : value;
  if (Array.isArray(value)) return value.map((item) => moved(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, moved(member, key)]));
}

/** The detail of the event that carries a message; undefined when the input is no JSON, which EventBridge cannot select. */
export function relayDetail(
  route: RelayRoute,
  messageId: string,
  input: string,
  payload: string,
): string | undefined {
  if (!isJson(input)) return undefined;
  const event = JSON.stringify(route.target).includes('"$.detail.event') ? `,"event":${payload}` : "";
  return `{"message":${JSON.stringify(messageId)},"input":${input}${event}}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The key that decides on the shard: by the rule's path into the event, else the event's id, as EventBridge does it. */
export function partitionKey(letter: DeadLetter, path: string | undefined): string {
  const steps = path === undefined ? undefined : parsePath(path);
  const found = steps === undefined ? undefined : findValue(normalJson(letter.payload ?? ""), steps);
  const key = found?.startsWith('"') ? (JSON.parse(found) as string) : found;
  // What a path that leads nowhere means is not documented.
  return (key || letter.event?.id || letter.messageId).slice(0, 256);
}
