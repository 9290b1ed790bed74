import type { DeleteArchiveRequest, DeleteArchiveResponse } from "@aws-sdk/client-eventbridge";
import { busNameOf } from "../../../core/arn.ts";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { archiveRuleName } from "../archive/managed-rule.ts";
import { kinds } from "../kept.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { namedUpTo } from "../validation/shapes.ts";
import { archiveOf } from "./archive.ts";
import { isActive } from "./replay.ts";

export const deleteArchive = {
  name: "DeleteArchive",
  input: structure("DeleteArchiveRequest", {
    ArchiveName: required(namedUpTo(archiveLimits.archiveNameChars)),
  }),
  run(context, { ArchiveName }) {
    const { store } = context;
    const archive = archiveOf(context, ArchiveName!);
    store.archives.delete(archive.name);
    // What AWS does with a replay whose archive is deleted is not documented.
    for (const replay of store.replays.values())
      if (replay.archive === archive && isActive(replay)) {
        replay.state = "FAILED";
        replay.endedAt = context.site.clock.now();
        store.replays.touch(replay.name);
      }
    context.site.ledger?.dropAll(kinds.archived(archive.name));
    store.buses.get(busNameOf(archive.busArn))?.rules.delete(archiveRuleName(archive.name));
    return {};
  },
} satisfies Operation<Wire<DeleteArchiveRequest>, Wire<DeleteArchiveResponse>>;
