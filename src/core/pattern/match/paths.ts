import { hashOf } from "./hash.ts";

const encoder = new TextEncoder();
/** From this many children on, they are looked up by a hash of the key. */
const few = 8;

/** A place in the tree of all the paths that somebody asks for. `path` is its number, or -1 where it only leads on. */
export class PathNode {
  path = -1;
  /** How many paths end here or below. */
  below = 0;
  readonly children = new Map<string, PathNode>();
  readonly #names: Uint8Array[] = [];
  readonly #nodes: PathNode[] = [];
  #byHash: Map<number, number[]> | undefined;

  add(step: string): PathNode {
    const known = this.children.get(step);
    if (known !== undefined) return known;
    const node = new PathNode();
    this.children.set(step, node);
    this.#names.push(encoder.encode(step));
    this.#nodes.push(node);
    if (this.#nodes.length > few) this.#index();
    return node;
  }

  get isLeaf(): boolean {
    return this.#nodes.length === 0;
  }

  /** The child whose key is these bytes; dots in the key are the caller's business. */
  find(bytes: Uint8Array, start: number, end: number): PathNode | undefined {
    if (this.#byHash !== undefined) return this.#findByHash(bytes, start, end);
    const names = this.#names;
    for (let i = 0; i < names.length; i++) if (isAt(bytes, start, end, names[i]!)) return this.#nodes[i];
    return undefined;
  }

  #findByHash(bytes: Uint8Array, start: number, end: number): PathNode | undefined {
    const candidates = this.#byHash!.get(hashOf(bytes, start, end));
    if (candidates === undefined) return undefined;
    for (const i of candidates) if (isAt(bytes, start, end, this.#names[i]!)) return this.#nodes[i];
    return undefined;
  }

  #index(): void {
    const isNew = this.#byHash === undefined;
    this.#byHash ??= new Map();
    for (let i = isNew ? 0 : this.#names.length - 1; i < this.#names.length; i++) {
      const name = this.#names[i]!;
      const hash = hashOf(name, 0, name.length);
      this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), i]);
    }
  }
}

function isAt(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  if (end - start !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}

/** All the paths that somebody asks for, numbered. */
export class Paths {
  readonly root = new PathNode();
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();
  #usesEmptyStep = false;

  /** The number of a path, new or known. */
  add(path: string): number {
    const known = this.#numbers.get(path);
    if (known !== undefined) return known;
    let node = this.root;
    node.below++;
    for (const step of path.split(".")) {
      node = node.add(step);
      node.below++;
    }
    node.path = this.names.push(path) - 1;
    this.#numbers.set(path, node.path);
    this.#usesEmptyStep ||= usesEmptyStep(path);
    return node.path;
  }

  /** Where a key of an event leads: the dots in it are steps like any others. */
  follow(from: PathNode, key: string): PathNode | undefined {
    if (key !== "" && !key.includes(".")) return from.children.get(key);
    if (!this.#usesEmptyStep && usesEmptyStep(key)) return undefined;
    let node: PathNode | undefined = from;
    for (const step of key.split(".")) node = node?.children.get(step);
    return node;
  }
}

/**
 * Whether an empty step stands before another one, or alone. The engine looks at a key only if all its steps occur in
 * the pattern, and forgets empty steps at the end.
 */
export const usesEmptyStep = (path: string): boolean => path === "" || /^\.+[^.]|\.\.+[^.]/.test(path);
