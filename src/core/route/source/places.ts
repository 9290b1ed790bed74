import type { Place } from "../bus.ts";
import { at, itemsOf, type Tree, textOf } from "./tree.ts";

/**
 * Where the pattern and the targets of a rule stand, by the fields that a template or a bus file has for them. A target
 * that stands in another file, or is made by a function, has no place of its own.
 */
export function placesOf(
  fields: ReadonlyMap<string, Tree>,
  { file }: Place,
): Readonly<Record<string, Place>> {
  const pattern = fields.get("EventPattern") ?? fields.get("pattern");
  const targets = itemsOf(fields.get("Targets") ?? fields.get("targets")).flatMap((target) => {
    const id = textOf(at(target, "Id") ?? at(target, "id"));
    return id === undefined ? [] : [[`targets.${id}`, target.place] as const];
  });
  const all = [...(pattern === undefined ? [] : [["pattern", pattern.place] as const]), ...targets];
  return Object.fromEntries(all.filter(([, place]) => place.file === file));
}
