import { Exit } from "../../core/exit.ts";
import { type Connection, connect } from "../connect.ts";
import type { Run } from "../perform.ts";
import type { Stage } from "../stage.ts";
import type { CompleteOptions } from "./command.ts";
import { kindOf, namesOf } from "./names.ts";
import { findPlace, flagsOf, type Place, type Tree } from "./place.ts";

/** Something that may stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** A person waits: what has not come by then is left out. */
const patienceMs = 1000;
const most = 200;

/** Never fails and never says a word: whoever presses Tab wants names or nothing. */
export const runComplete: Run<CompleteOptions, Candidate> = async function* ({ words, tree }, stage) {
  const found: Candidate[] = [];
  const enough = new AbortController();
  const cancel = stage.world.clock.after(patienceMs, () => enough.abort());
  const late = new Promise<void>((resolve) => enough.signal.addEventListener("abort", () => resolve()));
  const opened: Connection[] = [];
  const finding = find(words, tree, stage, opened, (one) => found.push(one)).catch(() => {});
  await Promise.race([finding, late]);
  cancel();
  // Ends the calls that are under way.
  for (const connection of opened) connection[Symbol.dispose]();
  const last = words.at(-1) ?? "";
  // A word of its own where bash has broken --bus=orders.
  const current = last === "=" ? "" : last;
  const seen = new Set<string>();
  for (const one of found.slice()) {
    if (!one.value.startsWith(current) || seen.has(one.value) || seen.size >= most) continue;
    seen.add(one.value);
    yield one;
  }
  return Exit.done;
};

async function find(
  words: readonly string[],
  tree: Tree,
  stage: Stage,
  opened: Connection[],
  add: (one: Candidate) => void,
): Promise<void> {
  const place = await findPlace(words, tree);
  const { current, prefix, command, flag } = place;
  if (flag === undefined && current.startsWith("-")) {
    for (const { long, short, description, hidden } of flagsOf(command))
      if (!hidden)
        add({
          value: current === "-" || long?.startsWith(current) ? (long ?? short ?? "") : "",
          about: description,
        });
    return;
  }
  for (const value of flag?.argChoices ?? []) add({ value: prefix + value, about: "" });
  if (flag === undefined && place.argument === 0) await addCommands(place, tree, add);
  const kind = kindOf(place);
  if (kind === undefined) return;
  const open = () => {
    const connection = connect(stage.world, globalOf(place));
    opened.push(connection);
    return connection;
  };
  for await (const value of namesOf(kind, { world: stage.world, connect: open, place }))
    add({ value: prefix + value, about: kind });
}

async function addCommands({ command }: Place, tree: Tree, add: (one: Candidate) => void): Promise<void> {
  const children =
    command === undefined ? await Promise.all(Object.values(tree).map((open) => open())) : command.commands;
  for (const child of children) add({ value: child.name(), about: child.summary() });
  for (const { argChoices } of command?.registeredArguments ?? [])
    for (const value of argChoices ?? []) add({ value, about: "" });
}

/** The account that the command line means. */
const globalOf = ({ given }: Place) => ({
  profile: given.get("profile"),
  region: given.get("region"),
  endpointUrl: given.get("endpoint-url"),
  local: given.has("local"),
});
