import type { ArchiveState, ReplayDestination, ReplayState } from "@aws-sdk/client-eventbridge";
import type { Pattern } from "../../../core/pattern/index.ts";
import type { Wire } from "../../wire.ts";
import type { BusEvent } from "../event.ts";

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
}

export interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly archive: Archive;
  readonly description: string | undefined;
  readonly destination: Wire<ReplayDestination>;
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

/** Takes an event that matches, and forgets those that are past retention. */
export function keepEvent(archive: Archive, event: BusEvent, now: number): void {
  if (event.replayed || archive.compiled?.matchesJson(event.bytes) === false) return;
  // Trace headers are not archived.
  archive.events.push({ ...event, trace: undefined });
  forgetOld(archive, now);
}

/** What an archive holds now. */
export function eventsOf(archive: Archive, now: number): readonly BusEvent[] {
  forgetOld(archive, now);
  return archive.events;
}

function forgetOld(archive: Archive, now: number): void {
  if (archive.retentionDays === 0) return;
  const since = now - archive.retentionDays * dayMs;
  const first = archive.events[0];
  if (first !== undefined && first.receivedAt < since)
    archive.events = archive.events.filter(({ receivedAt }) => receivedAt >= since);
}
