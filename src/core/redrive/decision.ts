import type { Entry } from "../event/entry.ts";
import type { Destination } from "./destination.ts";
import type { Facts } from "./facts.ts";
import type { Parcel } from "./outgoing.ts";

/** What is to be done with one message. Given the same facts it is the same, in a dry run and in a run. */
export type Decision =
  | { readonly do: "send"; readonly sending: Sending }
  | {
      readonly do: "skip";
      readonly reason: string;
      /** What the person may do instead. */
      readonly remedy?: string | undefined;
    };

/** One message on its way. `arn` names the destination. */
export type Sending =
  | { readonly to: "queue"; readonly arn: string; readonly url: string; readonly parcel: Parcel }
  | {
      readonly to: "bus";
      readonly arn: string;
      readonly entry: Entry;
      readonly bytes: number;
      /** Names of the rules that will fire; undefined where they could not be read. */
      readonly rules: readonly string[] | undefined;
    };

/** Everything a decision is made from, beside the message. */
export interface Case {
  readonly to: Destination;
  /** The dead-letter queue. */
  readonly sourceArn: string;
  readonly facts: Facts;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How often the message has been redriven before. */
  readonly redrives: number;
  readonly maxRedrives: number;
  /** Of an earlier try whose end is unknown. */
  readonly deduplicationId?: string | undefined;
}

export const skip = (reason: string, remedy?: string): Decision => ({ do: "skip", reason, remedy });
