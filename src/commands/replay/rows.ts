import type { Archive, EventBridgeClient, Replay } from "@aws-sdk/client-eventbridge";
import { describeReplay } from "../../aws/replays.ts";
import { busNameOf, parseArn } from "../../core/arn.ts";
import { EvbError } from "../../core/errors.ts";
import type { ArchiveRow, ReplayRow } from "./happening.ts";

export const archiveRow = ({
  ArchiveName,
  EventSourceArn,
  State,
  EventCount,
  SizeBytes,
  RetentionDays,
}: Archive): ArchiveRow => ({
  name: ArchiveName ?? "",
  bus: busNameOf(EventSourceArn),
  state: State ?? "UNKNOWN",
  events: Number(EventCount ?? 0),
  bytes: Number(SizeBytes ?? 0),
  retentionDays: RetentionDays ?? 0,
});

export const replayRow = (replay: Replay): ReplayRow => ({
  name: replay.ReplayName ?? "",
  archive: parseArn(replay.EventSourceArn ?? "")?.resource.replace(/^archive\//, "") ?? "",
  state: replay.State ?? "UNKNOWN",
  reason: replay.StateReason || undefined,
  from: replay.EventStartTime?.getTime() ?? 0,
  to: replay.EventEndTime?.getTime() ?? 0,
  at: replay.EventLastReplayedTime?.getTime(),
  startedAt: replay.ReplayStartTime?.getTime(),
  endedAt: replay.ReplayEndTime?.getTime(),
});

export async function findReplay(events: EventBridgeClient, name: string, where: string): Promise<ReplayRow> {
  const found = await describeReplay(events, name);
  if (found !== undefined) return replayRow(found);
  throw new EvbError("NOT_FOUND", `replay ${name} does not exist in ${where}`, ["evb replay ls lists them"]);
}

/** It goes on by itself. */
export const isActive = ({ state }: Pick<ReplayRow, "state">): boolean =>
  ["STARTING", "RUNNING", "CANCELLING"].includes(state);
