import { parseArn } from "../arn.ts";

/** Where a person wants dead letters sent: the value of `--to`. */
export type Destination =
  | { readonly kind: "target" }
  | { readonly kind: "bus" /** Absent: the bus of the rule that failed. */; readonly bus?: string }
  | { readonly kind: "queue"; readonly queue: string }
  | { readonly kind: "source" }
  /** A function, topic, state machine or stream. */
  | { readonly kind: "arn"; readonly arn: string };

/** Parses `target`, `bus`, `bus:NAME`, `queue:NAME`, `source` and ARNs; undefined for anything else. NAME may be an ARN. */
export function parseDestination(text: string): Destination | undefined {
  if (text === "target" || text === "source") return { kind: text };
  if (text === "bus") return { kind: "bus" };
  const service = parseArn(text)?.service;
  if (service === "sqs") return { kind: "queue", queue: text };
  if (service === "events") return text.includes(":event-bus/") ? { kind: "bus", bus: text } : undefined;
  if (service !== undefined) return direct.has(service) ? { kind: "arn", arn: text } : undefined;
  const found = /^(bus|queue):(.+)$/s.exec(text);
  if (found === null) return undefined;
  return found[1] === "bus" ? { kind: "bus", bus: found[2]! } : { kind: "queue", queue: found[2]! };
}

/** Services that take a message without a rule. */
const direct = new Set(["lambda", "sns", "states", "kinesis"]);

export function renderDestination(to: Destination): string {
  if (to.kind === "queue") return `queue:${to.queue}`;
  if (to.kind === "bus" && to.bus !== undefined) return `bus:${to.bus}`;
  return to.kind === "arn" ? to.arn : to.kind;
}
