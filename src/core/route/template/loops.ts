import { type Entry, itemsOf, type Tree, textOf } from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/**
 * A tree with its `Fn::ForEach` carried out (`AWS::LanguageExtensions`). A loop over what only the deploy knows is left
 * as it is.
 */
export function expandLoops(tree: Tree, scope: Scope): Tree {
  if (tree.kind === "leaf") return tree;
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => expandLoops(item, scope)) };
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries)
    for (const [name, made] of isLoop(key) ? turnsOf(key, entry, scope) : [[key, entry] as const]) {
      if (entries.has(name)) scope.faults.add(entry.place, `${key} makes ${name} twice`);
      // A loop that is left is not looked into: its variable stands for nothing yet.
      entries.set(name, isLoop(name) ? made : { ...made, value: expandLoops(made.value, scope) });
    }
  return { ...tree, entries };
}

export const isLoop = (key: string): boolean => key.startsWith("Fn::ForEach::");

/** What a loop makes: an entry for each item, or for an inner loop those that it makes in turn. */
function turnsOf(key: string, loop: Entry, scope: Scope): (readonly [string, Entry])[] {
  const [variable, collection, body] = itemsOf(loop.value);
  const name = textOf(variable);
  const items = collection && evaluate(collection, scope);
  if (name === undefined || items === undefined || body?.kind !== "dict") {
    scope.faults.add(
      loop.place,
      `${key} takes the name of a variable, a list of texts, and what is made of each`,
    );
    return [];
  }
  const texts = itemsOf(items).map(textOf);
  if (items.kind !== "list" || texts.some((text) => text === undefined || isMarked(text)))
    return [[key, loop]];
  return texts.flatMap((text) =>
    [...body.entries].flatMap(([made, { value, place }]): (readonly [string, Entry])[] => {
      const entry = { value: fill(value, name, text!), place };
      return isLoop(made) ? turnsOf(made, entry, scope) : [[fillText(made, name, text!), entry]];
    }),
  );
}

/** The tree with a loop's variable replaced, wherever it is referred to. */
function fill(tree: Tree, name: string, value: string): Tree {
  if (tree.kind === "leaf")
    return typeof tree.value === "string" ? { ...tree, value: fillText(tree.value, name, value) } : tree;
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => fill(item, name, value)) };
  const { place } = tree;
  if (tree.entries.size === 1 && textOf(tree.entries.get("Ref")?.value) === name)
    return { kind: "leaf", value, place };
  const entries = [...tree.entries].map(
    ([key, entry]) =>
      [fillText(key, name, value), { ...entry, value: fill(entry.value, name, value) }] as const,
  );
  return { ...tree, entries: new Map(entries) };
}

/** `&{X}` leaves out what a logical id cannot have. */
const fillText = (text: string, name: string, value: string): string =>
  text
    .replaceAll(`\${${name}}`, () => value)
    .replaceAll(`&{${name}}`, () => value.replace(/[^0-9A-Za-z]/g, ""));
