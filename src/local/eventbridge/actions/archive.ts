import type { Archive as ArchiveAnswer, CreateArchiveResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { type Archive, eventsOf } from "../archive/archive.ts";
import { notFound } from "../faults.ts";
import type { Context } from "../operation.ts";
import { seconds } from "../time.ts";

export function archiveOf({ store }: Context, name: string): Archive {
  const archive = store.archives.get(name);
  if (archive === undefined) throw notFound(`Archive ${name} does not exist.`);
  return archive;
}

/** What create and update answer. */
export const changedArchive = (archive: Archive) =>
  ({
    ArchiveArn: archive.arn,
    State: archive.state,
    CreationTime: seconds(archive.createdAt),
  }) satisfies Wire<CreateArchiveResponse>;

/** An archive as ListArchives shows it. AWS counts with a delay; here the numbers are always of now. */
export function listedArchive({ site }: Context, archive: Archive) {
  const events = eventsOf(archive, site.clock.now());
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.busArn,
    State: archive.state,
    RetentionDays: archive.retentionDays,
    SizeBytes: events.reduce((sum, { size }) => sum + size, 0),
    EventCount: events.length,
    CreationTime: seconds(archive.createdAt),
  } satisfies Wire<ArchiveAnswer>;
}
