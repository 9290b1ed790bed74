import { basename } from "node:path/posix";
import { listQueues } from "../../aws/queues.ts";
import { listAllArchives, listReplays } from "../../aws/replays.ts";
import { listBuses, listRules } from "../../aws/rules.ts";
import { listFiles } from "../../shell/files.ts";
import { packageRoot } from "../../shell/package-root.ts";
import type { World } from "../../shell/world.ts";
import type { Connection } from "../connect.ts";
import { ownFolders, shippedFolder } from "../templates.ts";
import type { Place } from "./place.ts";

/** Kinds of names, and where each comes from. */
export type NameKind = "bus" | "rule" | "queue" | "template" | "starter" | "archive" | "replay";

interface Sources {
  readonly world: World;
  readonly connect: () => Connection;
  readonly place: Place;
}

const sources: Readonly<Record<NameKind, (from: Sources) => AsyncGenerator<string>>> = {
  async *bus({ connect }) {
    yield* listBuses(await connect().events({ maxAttempts: 1 }));
  },
  async *rule({ connect, place: { given, current } }) {
    const events = await connect().events({ maxAttempts: 1 });
    for await (const { Name = "" } of listRules(events, given.get("bus") ?? "default", current || undefined))
      yield Name;
  },
  async *queue({ connect, place: { current } }) {
    for await (const url of listQueues(await connect().sqs(), current)) yield basename(url);
  },
  async *template({ world }) {
    for (const folder of [...ownFolders, shippedFolder()]) yield* await listFiles(world, folder, ".json");
  },
  async *starter({ world }) {
    yield* await listFiles(world, `${packageRoot()}/templates/buses`, ".json");
  },
  async *archive({ connect }) {
    for await (const { ArchiveName = "" } of listAllArchives(await connect().events({ maxAttempts: 1 })))
      yield ArchiveName;
  },
  async *replay({ connect }) {
    for await (const { ReplayName = "" } of listReplays(await connect().events({ maxAttempts: 1 })))
      yield ReplayName;
  },
};

export const namesOf = (kind: NameKind, from: Sources): AsyncGenerator<string> => sources[kind](from);

/** What a flag's value names; files and everything else are left to the shell. */
const byFlag: Readonly<Record<string, NameKind>> = {
  bus: "bus",
  rule: "rule",
  archive: "archive",
  "dlq restore to": "queue",
  "replay start to": "bus",
};

/** What the arguments of a command name, in order; the last is for all that follow. */
const byArgument: Readonly<Record<string, readonly NameKind[]>> = {
  put: ["template"],
  "template show": ["template"],
  "template check": ["template"],
  init: ["starter"],
  "local apply": ["starter"],
  "rules show": ["rule"],
  "dlq peek": ["queue"],
  "dlq drain": ["queue"],
  "dlq redrive": ["queue"],
  "replay start": ["archive"],
  "replay status": ["replay"],
  "replay cancel": ["replay"],
};

export function kindOf({ flag, path, argument, given }: Place): NameKind | undefined {
  // Rules of a file are not those of the account.
  const isOfFile = given.has("from");
  if (flag !== undefined) {
    const kind = byFlag[flag.name()] ?? byFlag[`${path} ${flag.name()}`];
    return isOfFile && kind === "rule" ? undefined : kind;
  }
  if (isOfFile && path === "rules show") return undefined;
  const kinds = byArgument[path];
  const isVariadic = path === "put" || path === "template check";
  return kinds?.[argument] ?? (isVariadic ? kinds?.at(-1) : undefined);
}
