import type { StartReplayRequest, StartReplayResponse } from "@aws-sdk/client-eventbridge";
import { parseArn, renderArn } from "../../../core/arn.ts";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { type Archive, type Replay, takenBy } from "../archive/archive.ts";
import { runReplay, stepMs } from "../archive/replays.ts";
import { alreadyExists, invalid, overLimit } from "../faults.ts";
import type { Context, Operation } from "../operation.ts";
import { seconds } from "../time.ts";
import { list, required, structure, timestamp } from "../validation/shape.ts";
import { arn, lineOfDescription, namedUpTo } from "../validation/shapes.ts";
import { isActive } from "./replay.ts";

export const startReplay = {
  name: "StartReplay",
  input: structure("StartReplayRequest", {
    ReplayName: required(namedUpTo(archiveLimits.replayNameChars)),
    Description: lineOfDescription,
    EventSourceArn: required(arn),
    EventStartTime: required(timestamp()),
    EventEndTime: required(timestamp()),
    Destination: required(structure("ReplayDestination", { Arn: required(arn), FilterArns: list(arn) })),
  }),
  run(context, input) {
    const { site, store, deliveries } = context;
    const archive = archiveToReplay(context, input);
    const name = input.ReplayName!;
    if (store.replays.has(name)) throw alreadyExists(`Replay ${name} already exists.`);
    if ([...store.replays.values()].filter(isActive).length >= archiveLimits.activeReplays) throw overLimit();
    const replay: Replay = {
      name,
      arn: renderArn(site, "events", `replay/${name}`),
      archive,
      description: input.Description,
      destination: input.Destination!,
      from: input.EventStartTime! * 1000,
      to: input.EventEndTime! * 1000,
      state: "STARTING",
      startedAt: site.clock.now(),
      endedAt: undefined,
      lastEventAt: undefined,
      lastMinute: undefined,
      upTo: takenBy(archive),
      nextAt: site.clock.now() + stepMs,
    };
    store.replays.set(name, replay);
    runReplay(site, store, deliveries, replay);
    return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: seconds(replay.startedAt) };
  },
} satisfies Operation<Wire<StartReplayRequest>, Wire<StartReplayResponse>>;

function archiveToReplay({ store }: Context, input: Wire<StartReplayRequest>): Archive {
  const bus = store.bus(input.Destination!.Arn);
  const name = parseArn(input.EventSourceArn!)?.resource.replace(/^archive\//, "") ?? input.EventSourceArn!;
  const archive = store.archives.get(name);
  if (archive === undefined)
    throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${name} does not exist.`);
  if (archive.busArn !== bus.arn)
    throw invalid("Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
  if (input.EventStartTime! >= input.EventEndTime!)
    throw invalid("Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
  return archive;
}
