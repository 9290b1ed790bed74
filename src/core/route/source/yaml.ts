import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { EvbError } from "../../errors.ts";
import type { Place } from "../bus.ts";
import { longForm } from "./tags.ts";
import type { Dict, Entry, Tree } from "./tree.ts";

/**
 * YAML as CloudFormation, SAM and serverless.yml use it, with the place of every value; a short tag (`!Sub`) becomes
 * the function that it is short for. Throws where it is no YAML.
 */
export function readYaml(file: string, text: string): Tree {
  const lineCounter = new LineCounter();
  // Duplicate keys are looked for below: the package compares each key with every other.
  const documents = parseAllDocuments(text, {
    version: "1.1",
    lineCounter,
    uniqueKeys: false,
    logLevel: "silent",
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col };
  };
  if (!Array.isArray(documents) || documents.length === 0)
    throw new EvbError("BAD_SOURCE", `${file}: the file is empty`);
  const document = documents[0]!;
  const walk = new Walk(placeAt, (alias) => alias.resolve(document));
  // Only the first: where one bracket is missing, all that follows is wrong.
  const errors = documents.flatMap(({ errors }) => errors).slice(0, 1);
  const faults = errors.map(({ pos, message }) =>
    at(placeAt(pos[0]), `no valid YAML: ${firstLine(message)}`),
  );
  if (documents.length > 1 && faults.length === 0)
    faults.push(at(placeAt(documents[1]!.range[0]), "a second document begins here; one is expected"));
  const tree = faults.length === 0 ? walk.tree(document.contents) : undefined;
  const [first, ...rest] = [...faults, ...walk.faults];
  if (first === undefined) return tree!;
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : "";
  throw new EvbError("BAD_SOURCE", `${first}${more}`, rest);
}

const at = ({ file, line, column }: Place, what: string) => `${file}:${line}:${column}: ${what}`;
const firstLine = (message: string) => message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");

class Walk {
  readonly #placeAt: (offset: number) => Place;
  readonly #resolve: (alias: Alias) => Node | undefined;
  readonly faults: string[] = [];
  #depth = 0;

  constructor(placeAt: (offset: number) => Place, resolve: (alias: Alias) => Node | undefined) {
    this.#placeAt = placeAt;
    this.#resolve = resolve;
  }

  tree(node: unknown): Tree {
    const place = this.#placeAt((node as Node | null)?.range?.[0] ?? 0);
    if (isAlias(node)) return this.#alias(node, place);
    const value = this.#untagged(node, place);
    const tag = (node as Node | null)?.tag;
    return tag?.startsWith("!") && tag !== "!" ? longForm(tag.slice(1), value) : value;
  }

  /** An alias that leads to what it stands in would never end. */
  #alias(node: Alias, place: Place): Tree {
    const target = this.#resolve(node);
    if (target !== undefined && this.#depth < 100) {
      this.#depth++;
      const tree = this.tree(target);
      this.#depth--;
      return tree;
    }
    this.faults.push(at(place, `the alias *${node.source} leads nowhere`));
    return { kind: "leaf", value: null, place };
  }

  #untagged(node: unknown, place: Place): Tree {
    if (isSeq(node)) return { kind: "list", items: node.items.map((item) => this.tree(item)), place };
    if (isMap(node)) return this.#dict(node.items as Pair[], place);
    if (!isScalar(node)) return { kind: "leaf", value: null, place };
    const { value, source } = node;
    // An account of leading noughts: with an 8 or a 9 in it, it is no octal number, and so a text.
    const isAccount = typeof value === "number" && /^0\d*[89]\d*$/.test(source ?? "");
    const isText = node.type !== "PLAIN" || node.tag !== undefined || isAccount;
    if (typeof value === "string" || isText || value instanceof Date)
      return { kind: "leaf", value: typeof value === "string" ? value : (source ?? String(value)), place };
    if (typeof value === "number" || typeof value === "boolean")
      return { kind: "leaf", value, ...(source === undefined ? {} : { source }), place };
    return { kind: "leaf", value: value === null ? null : (source ?? String(value)), place };
  }

  #dict(pairs: readonly Pair[], place: Place): Dict {
    const entries = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? (key.source ?? String(key.value ?? "")) : String(key);
      const keyPlace = this.#placeAt((key as Node | null)?.range?.[0] ?? 0);
      const tree = this.tree(value);
      if (name === "<<") merge(entries, tree);
      else if (own.has(entries.get(name) ?? none))
        this.faults.push(at(keyPlace, `the key ${name} is given twice`));
      else {
        const entry = { value: tree, place: keyPlace };
        own.add(entry);
        entries.set(name, entry);
      }
    }
    return { kind: "dict", entries, place };
  }
}

interface Pair {
  readonly key: unknown;
  readonly value: unknown;
}

/** Entries that were written where they are, not merged in. */
const own = new WeakSet<object>();
const none = {};

function merge(entries: Map<string, Entry>, tree: Tree): void {
  const sources = tree.kind === "list" ? tree.items : [tree];
  for (const source of sources)
    if (source.kind === "dict")
      for (const [key, { value, place }] of source.entries)
        if (!entries.has(key)) entries.set(key, { value, place });
}
