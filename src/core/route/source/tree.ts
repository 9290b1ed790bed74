import type { Place } from "../bus.ts";

/** A document with the place of every value: what YAML and JSON are both read into. */
export type Tree = Leaf | List | Dict;

export interface Leaf {
  readonly kind: "leaf";
  readonly value: string | number | boolean | null;
  /** A number or boolean as it was written: `1.50`, `yes`. */
  readonly source?: string;
  readonly place: Place;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Tree[];
  readonly place: Place;
}

export interface Dict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

export interface Entry {
  readonly value: Tree;
  /** Where the key stands. */
  readonly place: Place;
}

export const leaf = (value: Leaf["value"], place: Place): Leaf => ({ kind: "leaf", value, place });
export const list = (items: readonly Tree[], place: Place): List => ({ kind: "list", items, place });

/** A dict of values that all have the place of what they were made of. Undefined ones are left out. */
export const dict = (values: Readonly<Record<string, Tree | undefined>>, place: Place): Dict => ({
  kind: "dict",
  place,
  entries: new Map(
    Object.entries(values).flatMap(([key, value]) => (value ? [[key, { value, place }] as const] : [])),
  ),
});

/** The value under a key; undefined where there is none or the tree is no dict. */
export const at = (tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined =>
  keys.reduce<Tree | undefined>(
    (found, key) => (found?.kind === "dict" ? found.entries.get(key)?.value : undefined),
    tree,
  );

export const entriesOf = (tree: Tree | undefined): [string, Entry][] =>
  tree?.kind === "dict" ? [...tree.entries] : [];

export const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === "list" ? tree.items : []);

/** A leaf's text as it was written; undefined for anything else, and for null. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== "leaf" || tree.value === null) return undefined;
  return typeof tree.value === "string" ? tree.value : (tree.source ?? String(tree.value));
}

/** The JSON text of a tree. Numbers stay as they were written where JSON can write them so. */
export function renderTree(tree: Tree): string {
  if (tree.kind === "list") return `[${tree.items.map(renderTree).join(",")}]`;
  if (tree.kind === "dict")
    return `{${[...tree.entries].map(([key, { value }]) => `${JSON.stringify(key)}:${renderTree(value)}`).join(",")}}`;
  const { value, source } = tree;
  return typeof value === "number" && source !== undefined && jsonNumber.test(source)
    ? source
    : JSON.stringify(value);
}

const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A plain value. */
export function plain(tree: Tree | undefined): unknown {
  if (tree === undefined) return undefined;
  if (tree.kind === "leaf") return tree.value;
  if (tree.kind === "list") return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** The tree with every text replaced. */
export function mapTexts(tree: Tree, change: (text: string, path: string) => string, path = ""): Tree {
  const below = (key: string | number) => (path === "" ? String(key) : `${path}.${key}`);
  if (tree.kind === "leaf")
    return typeof tree.value === "string" ? { ...tree, value: change(tree.value, path) } : tree;
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => mapTexts(item, change, path)) };
  const entries = [...tree.entries].map(
    ([key, { value, place }]) =>
      [change(key, path), { value: mapTexts(value, change, below(key)), place }] as const,
  );
  return { ...tree, entries: new Map(entries) };
}
