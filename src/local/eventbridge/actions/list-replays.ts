import type { ListReplaysRequest, ListReplaysResponse } from "@aws-sdk/client-eventbridge";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { structure, text } from "../validation/shape.ts";
import { namedUpTo, nextToken, pageLimit, sourceArn } from "../validation/shapes.ts";
import { listedReplay } from "./replay.ts";

export const listReplays = {
  name: "ListReplays",
  input: structure("ListReplaysRequest", {
    NamePrefix: namedUpTo(archiveLimits.replayNameChars),
    State: text({ values: ["STARTING", "RUNNING", "CANCELLING", "COMPLETED", "CANCELLED", "FAILED"] }),
    EventSourceArn: sourceArn,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run({ store }, input) {
    const replays = [...store.replays.values()].filter(
      ({ name, state, archive }) =>
        name.startsWith(input.NamePrefix ?? "") &&
        (input.State === undefined || state === input.State) &&
        (input.EventSourceArn === undefined || archive.arn === input.EventSourceArn),
    );
    const { items, next } = page(replays, ({ name }) => name, input);
    return { Replays: items.map(listedReplay), NextToken: next };
  },
} satisfies Operation<Wire<ListReplaysRequest>, Wire<ListReplaysResponse>>;
