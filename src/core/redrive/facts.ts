import type { TargetInput } from "../transform/index.ts";

/** What a look at AWS gave. `denied` is the sentence to show: the thing may be there, but the caller may not see it. */
export type Fact<T> =
  | { readonly state: "found"; readonly value: T }
  | { readonly state: "missing" }
  | { readonly state: "denied"; readonly why: string };

/** A target of a rule, as deployed now. */
export interface RuleTarget extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  /** The target's own dead-letter queue. */
  readonly deadLetterArn?: string | undefined;
  /** For FIFO queues. */
  readonly groupId?: string | undefined;
  /** For streams. */
  readonly partitionKeyPath?: string | undefined;
  /** All of it by the API's names, but for its id and what becomes of its failures. */
  readonly deployed?: Readonly<Record<string, unknown>> | undefined;
}

export interface BusFact {
  readonly arn: string;
  readonly name: string;
  /** Rules that are enabled and have a pattern; undefined where they could not be read. */
  readonly rules: readonly BusRule[] | undefined;
}

export interface BusRule {
  readonly name: string;
  matches(event: string): boolean;
}

export interface QueueFact {
  readonly arn: string;
  readonly url: string;
  /** ARN of the dead-letter queue that its own redrive policy names. */
  readonly deadLetterArn: string | undefined;
  /** No message of it may be larger. */
  readonly maxBytes?: number | undefined;
}

/** A fact that a decision cannot do without. */
export type Need =
  | { readonly need: "targets"; readonly ruleArn: string }
  | { readonly need: "bus" /** Name or ARN. */; readonly bus: string }
  | { readonly need: "queue" /** Name, URL or ARN. */; readonly queue: string }
  | { readonly need: "functions" /** Where their dead letters go. */; readonly queueArn: string };

/** What has been looked up so far; undefined where nobody has asked yet. */
export interface Facts {
  targets(ruleArn: string): Fact<readonly RuleTarget[]> | undefined;
  bus(nameOrArn: string): Fact<BusFact> | undefined;
  queue(ref: string): Fact<QueueFact> | undefined;
  /** ARNs of the functions whose dead letters go to a queue. */
  functions(queueArn: string): Fact<readonly string[]> | undefined;
}
