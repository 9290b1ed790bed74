import type { CancelReplayRequest, CancelReplayResponse } from "@aws-sdk/client-eventbridge";
import { archiveLimits } from "../../../core/limits.ts";
import { ServiceFault } from "../../fault.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { namedUpTo } from "../validation/shapes.ts";
import { isActive, replayOf } from "./replay.ts";

export const cancelReplay = {
  name: "CancelReplay",
  input: structure("CancelReplayRequest", {
    ReplayName: required(namedUpTo(archiveLimits.replayNameChars)),
  }),
  run(context, { ReplayName }) {
    const replay = replayOf(context, ReplayName!);
    // The code is the model's; the wording is ours.
    if (!isActive(replay) || replay.state === "CANCELLING")
      throw new ServiceFault(
        "IllegalStatusException",
        `Replay ${replay.name} is ${replay.state} and cannot be cancelled.`,
      );
    replay.state = "CANCELLING";
    context.store.replays.touch(replay.name);
    return { ReplayArn: replay.arn, State: replay.state };
  },
} satisfies Operation<Wire<CancelReplayRequest>, Wire<CancelReplayResponse>>;
