import { EventError } from "../error.ts";
import { Kind } from "../value/value.ts";
import type { Facts } from "./facts.ts";
import type { PathNode, Paths } from "./paths.ts";

interface Visit {
  readonly node: PathNode;
  readonly container: object;
  readonly place: number;
}

/**
 * Collects what an object says, as `JSON.stringify` would write it: `toJSON` is called, what has no JSON is passed
 * over, a number that is not finite is null. A bigint is the whole number that it is. Throws `EventError` for what is
 * no object.
 */
export function collectObject(event: object, paths: Paths, facts: Facts): void {
  const root = jsonOf(event, "");
  if (typeof root !== "object" || root === null || Array.isArray(root))
    throw new EventError("Event must be a JSON object", 0);
  // A stack of its own: an object may be nested deeper than calls can be.
  const visits: Visit[] = [{ node: paths.root, container: root, place: 0 }];
  for (let visit = visits.pop(); visit !== undefined; visit = visits.pop())
    if (Array.isArray(visit.container)) visitArray(visit, visit.container, facts, visits);
    else visitObject(visit, paths, facts, visits);
}

function visitObject({ node, container, place }: Visit, paths: Paths, facts: Facts, visits: Visit[]): void {
  for (const key of Object.keys(container)) {
    const child = paths.follow(node, key);
    if (child === undefined) continue;
    put(child, jsonOf((container as Record<string, unknown>)[key], key), place, facts, visits);
  }
}

function visitArray({ node, place }: Visit, items: unknown[], facts: Facts, visits: Visit[]): void {
  const array = facts.arrays++;
  let index = 0;
  for (let i = 0; i < items.length; i++) {
    const item = jsonOf(items[i], String(i));
    const isPlace = typeof item === "object" && item !== null;
    // What has no JSON is null in an array.
    const value = typeof item === "function" || typeof item === "symbol" ? null : (item ?? null);
    put(node, value, isPlace ? facts.addPlace(place, array, index++) : place, facts, visits);
  }
}

function put(node: PathNode, value: unknown, place: number, facts: Facts, visits: Visit[]): void {
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value) || !node.isLeaf) visits.push({ node, container: value, place });
    return;
  }
  if (node.path < 0) return;
  const text = typeof value === "string" ? value : String(value);
  const kind = kindOf(value);
  if (kind !== undefined) facts.addText(node.path, place, kind, kind === Kind.null ? "null" : text);
}

function kindOf(value: unknown): Kind | undefined {
  switch (typeof value) {
    case "string":
      return Kind.string;
    case "boolean":
      return value ? Kind.true : Kind.false;
    case "bigint":
      return Kind.number;
    case "number":
      return Number.isFinite(value) ? Kind.number : Kind.null;
    default:
      return value === null ? Kind.null : undefined;
  }
}

function jsonOf(value: unknown, key: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
  const { toJSON } = value as { toJSON?: unknown };
  const json: unknown = typeof toJSON === "function" ? toJSON.call(value, key) : value;
  if (json instanceof String || json instanceof Number || json instanceof Boolean) return json.valueOf();
  return json;
}
