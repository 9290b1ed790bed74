import type { ArchiveState, ReplayDestination, ReplayState } from "@aws-sdk/client-eventbridge";
import type { Pattern } from "../../../core/pattern/index.ts";
import type { Site } from "../../ports.ts";
import type { Wire } from "../../wire.ts";
import type { BusEvent } from "../event.ts";
import { kinds } from "../kept.ts";

export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
  description: string | undefined;
  pattern: string | undefined;
  compiled: Pattern | undefined;
  /** 0: for ever. */
  retentionDays: number;
  kmsKey: string | undefined;
  readonly state: ArchiveState;
  readonly createdAt: number;
  /** In the order in which they came. */
  events: BusEvent[];
  /** How many events came before those, and are forgotten. */
  forgotten: number;
}

export interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly archive: Archive;
  readonly description: string | undefined;
  readonly destination: Wire<ReplayDestination>;
  /** Events of the archive that there were when it began: what comes later is not replayed. */
  readonly upTo: number;
  /** When its next step is due. */
  nextAt: number;
  /** The minute of events (since the epoch) that was replayed last. */
  lastMinute: number | undefined;
  /** Milliseconds: events with a `time` from `from` to `to` are replayed. */
  readonly from: number;
  readonly to: number;
  state: ReplayState;
  readonly startedAt: number;
  endedAt: number | undefined;
  /** `time` of the last event that was replayed. */
  lastEventAt: number | undefined;
}

const dayMs = 86_400_000;

/** Takes an event (and its text in UTF-8) that matches, and forgets those that are past retention. */
export function keepEvent(
  { clock, ledger }: Site,
  archive: Archive,
  event: BusEvent,
  bytes: Uint8Array,
): void {
  if (event.replayed || archive.compiled?.matchesJson(bytes) === false) return;
  // Trace headers are not archived.
  const kept = { ...event, trace: undefined };
  const number = archive.forgotten + archive.events.push(kept) - 1;
  ledger?.put(kinds.archived(archive.name), String(number), () => kept);
  forgetOld(archive, clock.now());
}

/** How many events an archive has ever taken. */
export const takenBy = ({ forgotten, events }: Archive): number => forgotten + events.length;

/** What an archive holds now. */
export function eventsOf(archive: Archive, now: number): readonly BusEvent[] {
  forgetOld(archive, now);
  return archive.events;
}

function forgetOld(archive: Archive, now: number): void {
  if (archive.retentionDays === 0) return;
  const since = now - archive.retentionDays * dayMs;
  const first = archive.events[0];
  if (first === undefined || first.receivedAt >= since) return;
  const before = archive.events.length;
  archive.events = archive.events.filter(({ receivedAt }) => receivedAt >= since);
  archive.forgotten += before - archive.events.length;
}
