import type { DescribeReplayRequest, DescribeReplayResponse } from "@aws-sdk/client-eventbridge";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { namedUpTo } from "../validation/shapes.ts";
import { listedReplay, replayOf } from "./replay.ts";

export const describeReplay = {
  name: "DescribeReplay",
  input: structure("DescribeReplayRequest", {
    ReplayName: required(namedUpTo(archiveLimits.replayNameChars)),
  }),
  run(context, { ReplayName }) {
    const replay = replayOf(context, ReplayName!);
    return {
      ReplayArn: replay.arn,
      ...listedReplay(replay),
      Description: replay.description,
      Destination: replay.destination,
    };
  },
} satisfies Operation<Wire<DescribeReplayRequest>, Wire<DescribeReplayResponse>>;
