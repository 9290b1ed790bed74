import { describeArchive, listAllArchives, listReplays } from "../../aws/replays.ts";
import { parseArn, renderArn } from "../../core/arn.ts";
import { Exit } from "../../core/exit.ts";
import type { Stage } from "../stage.ts";
import type { LsOptions } from "./command.ts";
import type { ReplayHappening } from "./happening.ts";
import { noSuchArchive } from "./plan.ts";
import { archiveRow, replayRow } from "./rows.ts";

export async function* runLs(
  { archive, archives }: LsOptions,
  stage: Stage,
): AsyncGenerator<ReplayHappening, number> {
  const connection = await stage.connect();
  const events = await connection.events();
  if (archives) {
    for await (const one of listAllArchives(events)) yield { kind: "archive", archive: archiveRow(one) };
    yield { kind: "listed" };
    return Exit.done;
  }
  let arn: string | undefined;
  if (archive !== undefined) {
    const found = await describeArchive(events, archive);
    if (found === undefined) throw await noSuchArchive(events, archive, connection.where);
    const home = parseArn(found.EventSourceArn!)!;
    arn = found.ArchiveArn ?? renderArn(home, "events", `archive/${archive}`);
  }
  const rows = [];
  for await (const replay of listReplays(events, arn)) rows.push(replayRow(replay));
  rows.sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
  for (const replay of rows) yield { kind: "replay", replay, isListed: true };
  yield { kind: "listed" };
  return Exit.done;
}
