import type { ListArchivesRequest, ListArchivesResponse } from "@aws-sdk/client-eventbridge";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { structure, text } from "../validation/shape.ts";
import { namedUpTo, nextToken, pageLimit, sourceArn } from "../validation/shapes.ts";
import { listedArchive } from "./archive.ts";

export const listArchives = {
  name: "ListArchives",
  input: structure("ListArchivesRequest", {
    NamePrefix: namedUpTo(archiveLimits.archiveNameChars),
    EventSourceArn: sourceArn,
    State: text({
      values: ["ENABLED", "DISABLED", "CREATING", "UPDATING", "CREATE_FAILED", "UPDATE_FAILED"],
    }),
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run(context, input) {
    const { store } = context;
    const source = input.EventSourceArn === undefined ? undefined : store.bus(input.EventSourceArn).arn;
    const archives = [...store.archives.values()].filter(
      ({ name, busArn, state }) =>
        name.startsWith(input.NamePrefix ?? "") &&
        (source === undefined || busArn === source) &&
        (input.State === undefined || state === input.State),
    );
    const { items, next } = page(archives, ({ name }) => name, input);
    return { Archives: items.map((archive) => listedArchive(context, archive)), NextToken: next };
  },
} satisfies Operation<Wire<ListArchivesRequest>, Wire<ListArchivesResponse>>;
