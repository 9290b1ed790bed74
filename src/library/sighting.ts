import { parseRuleArn } from "../core/arn.ts";
import type { DeliveryRecord } from "../local/eventbridge/delivery/record.ts";

/** An event as consumers see it. */
export interface Envelope {
  readonly version: string;
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  /** An object, of whatever shape its sender gave it. */
  // biome-ignore lint/suspicious/noExplicitAny: what `JSON.parse` gives; a test that reads it knows the shape.
  readonly detail: any;
  /** Only when a replay sent it. */
  readonly "replay-name"?: string;
}

/** Something that was seen of an event: that a bus took it, or what came of it at a target. */
export interface Sighting {
  /** `published`: a bus took it, which says nothing about rules. The others say what came of one try at a target. */
  readonly outcome: "published" | DeliveryRecord["status"];
  /** Name of the event bus. */
  readonly bus: string;
  readonly event: Envelope;
  /** Milliseconds, by the emulator's clock. */
  readonly at: number;
  /** Name of the rule. This and all that follows is missing where the outcome is `published`. */
  readonly rule?: string;
  /** The target's id. */
  readonly target?: string;
  readonly targetArn?: string;
  /** Tries so far. */
  readonly attempts?: number;
  /** What the target was sent, parsed when it is JSON. */
  readonly body?: unknown;
  /** `ERROR_CODE` of a dead letter. */
  readonly errorCode?: string;
  readonly reason?: string;
}

export const sightingOfEvent = (text: string, bus: string, at: number): Sighting => ({
  outcome: "published",
  bus,
  event: JSON.parse(text) as Envelope,
  at,
});

export function sightingOfDelivery(record: DeliveryRecord, text: string): Sighting {
  const { status, ruleArn, targetId, targetArn, attempts, at, body, errorCode, reason } = record;
  const { bus, rule } = parseRuleArn(ruleArn)!;
  return {
    outcome: status,
    bus,
    event: JSON.parse(text) as Envelope,
    at,
    rule,
    target: targetId,
    targetArn,
    attempts,
    ...(body === undefined ? {} : { body: parsed(body) }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A text that is no JSON stays as it is: constants and templates may be any text. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
