import type { Shelf } from "../data/shelf.ts";
import { ServiceFault } from "../fault.ts";
import type { Queues, Site } from "../ports.ts";
import type { StandIns } from "../stand-ins.ts";
import type { Wire } from "../wire.ts";

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly standIns: StandIns;
  readonly queues: Queues;
  /** By ARN. */
  readonly topics: Shelf<Topic>;
  /** Topics that nobody has made, and that a handler stands for: here when something is published to them. */
  readonly stoodFor: Map<string, Topic>;
}

export interface Topic {
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBased: boolean;
  /** By ARN. */
  readonly subscriptions: Map<string, Subscription>;
  /** Deduplication ids of the last five minutes, oldest first, and what they were answered. */
  readonly recent: Map<string, Answered>;
}

export interface Answered {
  readonly at: number;
  readonly messageId: string;
}

export interface Subscription {
  readonly arn: string;
  readonly queueArn: string;
  /** The message alone and its attributes, without the envelope. */
  readonly raw: boolean;
}

export interface Operation<In = never, Out extends object = object> {
  readonly name: string;
  run(context: Context, input: Wire<In>): Wire<Out> | undefined;
}

export const newTopic = (arn: string, contentBased: boolean): Topic => ({
  arn,
  fifo: arn.endsWith(".fifo"),
  contentBased,
  subscriptions: new Map(),
  recent: new Map(),
});

/** The refusals of SNS. Codes are the service model's; the sentences are ours where they go on after the colon. */
export const notFound = () => new ServiceFault("NotFound", "Topic does not exist", 404);
export const invalid = (why: string) => new ServiceFault("InvalidParameter", `Invalid parameter: ${why}`);
