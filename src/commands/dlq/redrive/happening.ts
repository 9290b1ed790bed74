import type { Destination } from "../../../core/redrive/destination.ts";
import type { DeadLetter } from "../../../core/redrive/letter.ts";
import type { Unseen } from "../notes.ts";
import type { OpenQueue } from "../queue.ts";

/** What became of one message that passed the filters. */
export type Fate =
  | {
      readonly status: "planned";
      readonly destination: string;
      readonly doubt?: true;
      /** Delivered by an earlier run: only to be deleted. */
      readonly earlier?: true;
      /** Through a temporary bus. */
      readonly relayed?: true;
      /** The rules that will fire. */
      readonly rules?: readonly string[] | undefined;
      /** What the transform makes of the event, where there is one. */
      readonly changed?: string | undefined;
      /** How that differs, as lines that begin with a blank, `-` or `+`; of the first few only. */
      readonly diff?: readonly string[] | undefined;
    }
  | {
      readonly status: "redriven";
      readonly destination: string;
      /** It may have arrived twice. */
      readonly doubt?: true;
      /** An earlier run had delivered it; this one has only deleted it. */
      readonly earlier?: true;
      /** Delivered, but still in the queue: the next run only deletes it. */
      readonly undeleted?: string;
      /** EventBridge has it, and for so long no failure came back: more cannot be known. */
      readonly watchedMs?: number;
    }
  | {
      readonly status: "skipped";
      readonly reason: string;
      readonly remedy?: string | undefined;
      readonly cameBack?: true;
      readonly unchangeable?: true;
    }
  | {
      readonly status: "failed";
      readonly destination: string;
      readonly reason: string;
      /** It may have arrived all the same. */
      readonly doubt?: true;
    };

export interface Tally {
  redriven: number;
  skipped: number;
  failed: number;
  planned: number;
  /** Delivered, but not deleted. */
  undeleted: number;
  /** Possibly delivered twice. */
  doubled: number;
  /** Delivered by EventBridge, as far as it lets one know. */
  relayed: number;
  /** Calls that a destination throttled. */
  throttled: number;
  /** When the counting began, in milliseconds since the epoch. */
  readonly since: number;
}

export const emptyTally = (since: number): Tally => ({
  redriven: 0,
  skipped: 0,
  failed: 0,
  planned: 0,
  undeleted: 0,
  doubled: 0,
  relayed: 0,
  throttled: 0,
  since,
});

export type RedriveHappening =
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "hint"; readonly text: string }
  /** SQS moves the messages itself, and has come so far. */
  | {
      readonly kind: "native";
      readonly queue: OpenQueue;
      readonly state:
        | "planned"
        | "started"
        | "moving"
        | "cancelling"
        | "completed"
        | "cancelled"
        | "failed"
        | "left";
      readonly moved: number;
      readonly toMove: number | undefined;
      readonly why?: string | undefined;
    }
  | { readonly kind: "began"; readonly queue: OpenQueue; readonly journal: string }
  | {
      readonly kind: "message";
      readonly letter: DeadLetter;
      readonly fate: Fate;
      readonly tally: Readonly<Tally>;
      /** Milliseconds since the epoch. */
      readonly at: number;
    }
  | {
      readonly kind: "plan";
      readonly queue: OpenQueue;
      readonly to: Destination;
      readonly tally: Readonly<Tally>;
      readonly unseen: Unseen;
    }
  | {
      readonly kind: "waiting";
      readonly count: number;
      readonly ms: number;
      readonly for: "canary" | "held" | "relay";
    }
  | { readonly kind: "canary"; readonly sent: number; readonly back: readonly DeadLetter[] }
  | { readonly kind: "cancelled" }
  | { readonly kind: "stopped"; readonly why: string }
  /** Told to leave at once: so many messages stay invisible for a while. */
  | {
      readonly kind: "left";
      readonly held: number;
      /** For so long at most. */
      readonly ms: number;
      /** The command line that goes on. */
      readonly goOn: string;
      /** The name of a temporary bus and its queue, where there are such. */
      readonly parts: string | undefined;
    }
  /** A part of the temporary bus could not be removed. */
  | { readonly kind: "remnant"; readonly part: string; readonly name: string; readonly why: string }
  | {
      readonly kind: "end";
      readonly queue: OpenQueue;
      readonly tally: Readonly<Tally>;
      readonly journal: string;
      /** In flight elsewhere, when the queue had no more to give. */
      readonly elsewhere: number;
      /** Could not be given back at once. */
      readonly late: number;
      /** The end of the queue was not reached: too many messages are in flight. */
      readonly full: boolean;
      /** Messages of a FIFO queue behind others of their group that were left. */
      readonly behind: number;
      /** Of those in flight elsewhere, what an earlier run has left so. */
      readonly unseen: number;
      /** The command line that goes on, when there is something left to do. */
      readonly goOn: string | undefined;
      readonly interrupted: boolean;
    };
