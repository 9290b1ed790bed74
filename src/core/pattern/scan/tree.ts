import type { Paths } from "../match/paths.ts";
import { wellFormed } from "../value/text.ts";

const encoder = new TextEncoder();
/** No UTF-8, so no key is ever this. */
const unfindable = Uint8Array.of(0xff);
const nodeSize = 16;
const slotSize = 16;

/**
 * The tree of paths as wasm/tree.h reads it, for the address at which it will lie: a node is four words, and so is a
 * slot of the table that holds its children. `undefined` where a path has an empty step, which is followed in ways of
 * its own, or where there is too much for `room`.
 */
export function layOutTree({ root }: Paths, address: number, room: number): Uint8Array | undefined {
  const nodes = [root];
  // The list grows while it is gone through.
  for (const node of nodes) nodes.push(...node.children.values());
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  const tables = nodes.map(({ children }) => tableSize(children.size));
  const slots = tables.reduce((sum, size) => sum + size, 0);
  const names = nodes.flatMap(({ children }) => [...children.keys()].map(bytesOf));
  const size = names.reduce(
    (sum, name) => sum + blocks(name.length),
    nodes.length * nodeSize + slots * slotSize,
  );
  if (size > room || names.some(({ length }) => length === 0)) return undefined;
  const bytes = new Uint8Array(size);
  const words = new Int32Array(bytes.buffer);
  let slot = nodes.length * nodeSize;
  let name = slot + slots * slotSize;
  for (const [i, node] of nodes.entries()) {
    const mask = tables[i]! - 1;
    words.set([node.path, node.below, mask, address + slot], (i * nodeSize) / 4);
    for (const [step, child] of node.children) {
      const key = bytesOf(step);
      bytes.set(key, name);
      const at = freeSlot(words, slot, mask, tagOf(key));
      words.set([tagOf(key), key.length, address + name, address + numbers.get(child)! * nodeSize], at);
      name += blocks(key.length);
    }
    slot += tables[i]! * slotSize;
  }
  return bytes;
}

/** A step with an unpaired surrogate can only be spelt with an escape, and such keys are left to others. */
const bytesOf = (step: string): Uint8Array => (wellFormed(step) === step ? encoder.encode(step) : unfindable);

/** A power of two, so that at least half of the slots stay free. */
const tableSize = (children: number): number =>
  children === 0 ? 1 : 2 ** Math.ceil(Math.log2(children * 2));

const blocks = (length: number): number => Math.ceil(length / 16) * 16;

const tagOf = (key: Uint8Array): number =>
  key[0]! | (key[key.length >> 1]! << 8) | (key[key.length - 1]! << 16) | (key.length << 24);

/** The place of the first free slot, from where the tag points on, in words. */
function freeSlot(words: Int32Array, table: number, mask: number, tag: number): number {
  let at = Math.imul(tag, 0x9e3779b1) >>> 20;
  const wordOf = (slot: number): number => (table + (slot & mask) * slotSize) / 4;
  while (words[wordOf(at) + 3] !== 0) at++;
  return wordOf(at);
}
