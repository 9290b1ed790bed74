// The tree of the paths that somebody asks for, as scan/tree.ts lays it out: every node has its children in a table
// that is never full.
#pragma once
#include "tokens.h"

struct Node;
typedef struct { unsigned tag, length; const byte *name; const struct Node *node; } Slot;
/** `path` is -1 where a node only leads on; `below` is how many paths end here or below. */
typedef struct Node { int path, below; unsigned mask; const Slot *slots; } Node;

static inline int isLeaf(const Node *node) { return node->mask == 0; }

static inline unsigned tagOf(const byte *key, unsigned length) {
  return key[0] | key[length / 2] << 8 | key[length - 1] << 16 | length << 24;
}

/** Names are filled up with zeros to whole blocks. */
static inline int isNamed(const byte *name, const byte *key, unsigned length) {
  for (; length > 16; name += 16, key += 16, length -= 16)
    if (wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(name), wasm_v128_load(key))) != 0xffff) return 0;
  unsigned same = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(name), wasm_v128_load(key)));
  return (~same & ((1u << length) - 1)) == 0;
}

/** The child of that name, which is not empty; or 0. */
static inline const Node *find(const Node *node, const byte *key, unsigned length) {
  unsigned tag = tagOf(key, length);
  for (unsigned at = tag * 0x9e3779b1u >> 20;; at++) {
    const Slot *slot = node->slots + (at & node->mask);
    if (!slot->node) return 0;
    if (slot->tag == tag && slot->length == length && isNamed(slot->name, key, length)) return slot->node;
  }
}
