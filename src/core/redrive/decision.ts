import type { Entry } from "../event/entry.ts";
import type { Destination } from "./destination.ts";
import type { Facts } from "./facts.ts";
import type { Parcel } from "./outgoing.ts";
import type { RelayRoute } from "./relay.ts";

/** What is to be done with one message. Given the same facts it is the same, in a dry run and in a run. */
export type Decision =
  | { readonly do: "send"; readonly sending: Sending }
  | {
      readonly do: "skip";
      readonly reason: string;
      /** What the person may do instead. */
      readonly remedy?: string | undefined;
    };

/** One message on its way. */
export type Sending = {
  /** Names the destination. */
  readonly arn: string;
  /** Counts against the limit of a call. */
  readonly bytes: number;
  /** By what the destination knows a second try for what it is; absent where it does not. */
  readonly once?: Once | undefined;
} & Way;

export interface Once {
  readonly id: string;
  /** For so long after the first try, in milliseconds. */
  readonly ms: number;
}

type Way =
  | { readonly to: "queue"; readonly url: string; readonly parcel: Parcel }
  | {
      readonly to: "bus";
      readonly entry: Entry;
      /** Names of the rules that will fire; undefined where they could not be read. */
      readonly rules: readonly string[] | undefined;
    }
  | { readonly to: "topic"; readonly parcel: Parcel }
  | { readonly to: "function"; readonly body: string }
  | { readonly to: "state-machine"; readonly body: string; readonly name: string }
  | { readonly to: "stream"; readonly body: string; readonly partitionKey: string }
  /** EventBridge itself delivers it, through a temporary bus. */
  | {
      readonly to: "relay";
      readonly route: RelayRoute;
      /** The text of the event's detail. */
      readonly detail: string;
      readonly traceHeader: string | undefined;
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
