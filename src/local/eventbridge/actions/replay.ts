import type { Replay as ReplayAnswer } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Replay } from "../archive/archive.ts";
import { notFound } from "../faults.ts";
import type { Context } from "../operation.ts";
import { seconds } from "../time.ts";

export function replayOf({ store }: Context, name: string): Replay {
  const replay = store.replays.get(name);
  if (replay === undefined) throw notFound(`Replay ${name} does not exist.`);
  return replay;
}

export const isActive = ({ state }: Replay): boolean =>
  state === "STARTING" || state === "RUNNING" || state === "CANCELLING";

/** A replay as ListReplays shows it. */
export const listedReplay = (replay: Replay) =>
  ({
    ReplayName: replay.name,
    EventSourceArn: replay.archive.arn,
    State: replay.state,
    EventStartTime: seconds(replay.from),
    EventEndTime: seconds(replay.to),
    EventLastReplayedTime: replay.lastEventAt === undefined ? undefined : seconds(replay.lastEventAt),
    ReplayStartTime: seconds(replay.startedAt),
    ReplayEndTime: replay.endedAt === undefined ? undefined : seconds(replay.endedAt),
  }) satisfies Wire<ReplayAnswer>;
