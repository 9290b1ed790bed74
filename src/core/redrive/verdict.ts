import type { Change } from "./change.ts";
import { decide } from "./decide.ts";
import type { Decision, Sending } from "./decision.ts";
import type { Destination } from "./destination.ts";
import type { Facts, Need } from "./facts.ts";
import { fingerprint } from "./fingerprint.ts";
import type { JournalState } from "./journal.ts";
import type { DeadLetter } from "./letter.ts";
import { attributeNumber, type Message } from "./message.ts";
import { countAttribute } from "./outgoing.ts";

/** What a run does with a message, by the decision and by what earlier runs have done with it. */
export type Verdict =
  | {
      readonly do: "send";
      readonly sending: Sending;
      readonly fingerprint: number;
      /** How often it has been redriven before. */
      readonly redrives: number;
      /** An earlier run may have delivered it. */
      readonly again: boolean;
      /** And the destination will not know it again. */
      readonly mayDouble: boolean;
      /** What is sent instead of what the message holds. */
      readonly changed?: string | undefined;
    }
  /** Its destination has acknowledged it, to this run or an earlier one. */
  | { readonly do: "delete" }
  | (Extract<Decision, { do: "skip" }> & {
      readonly cameBack?: true;
      /** The transform gives no valid event of it. */
      readonly unchangeable?: true;
    });

export interface Rules {
  readonly to: Destination;
  readonly sourceArn: string;
  readonly maxRedrives: number;
  readonly inDoubt: "send" | "hold";
  readonly facts: Facts;
  readonly state: JournalState;
  /** When this run began. Times are milliseconds since the epoch. */
  readonly began: number;
  /** Changes each event before it is sent. */
  readonly change?: Change | undefined;
}

export function judge(letter: DeadLetter, message: Message, rules: Rules, now: number): Verdict | Need {
  const { state, to, sourceArn, maxRedrives, facts, began } = rules;
  const id = message.messageId;
  const before = state.standOf(id);
  if (before?.state === "acknowledged" || state.isDeleted(id)) return { do: "delete" };
  if (before !== undefined && rules.inDoubt === "hold")
    return {
      do: "skip",
      reason: "an earlier run sent it and did not learn whether it arrived",
      remedy: "--in-doubt send sends it again",
    };
  const print = fingerprint(letter);
  if (state.hasComeBack(print, letter.sentAt, began))
    return {
      do: "skip",
      reason: "it came back: this run sent it, and it failed again",
      remedy: "mend the target first; --canary 1 tries one",
      cameBack: true,
    };
  const redrives = Math.max(
    attributeNumber(message, countAttribute) ?? 0,
    state.redrivesOf(print, letter.sentAt),
  );
  const changed = rules.change?.(letter, message);
  if (changed?.ok === false) return { do: "skip", reason: changed.reason, unchangeable: true };
  const decision = decide(changed?.letter ?? letter, changed?.message ?? message, {
    to,
    sourceArn,
    facts,
    now,
    redrives,
    maxRedrives,
    deduplicationId: before?.deduplicationId,
  });
  if (!("do" in decision) || decision.do === "skip") return decision;
  const { sending } = decision;
  const { once } = sending;
  const isKnown =
    before?.destination === sending.arn &&
    before.deduplicationId === once?.id &&
    once !== undefined &&
    now - before.firstAt < once.ms;
  return {
    do: "send",
    sending,
    // What comes back is what was sent.
    fingerprint: changed === undefined ? print : fingerprint(changed.letter),
    redrives,
    again: before !== undefined,
    mayDouble: before !== undefined && !isKnown,
    changed: changed?.letter.payload,
  };
}
