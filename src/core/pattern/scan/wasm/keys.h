// The keys of objects, and the nodes that they lead to. Events of a stream are alike: after a key mostly comes the one
// that came after it the last time, so that one is tried first.
#pragma once
#include "tree.h"

/** A key of one block, its closing quote included, below `node`. */
typedef struct Key { v128_t text, mask; const Node *node, *child; struct Key *next; int length; } Key;

enum { keys = 256 };
static Key known[keys];
static Key *last = known;

/** Forgets keys that are of another tree. */
__attribute__((export_name("forgetKeys"))) void forgetKeys(void) {
  for (int i = 0; i < keys; i++) known[i] = (Key){.next = known};
}

/** The length of a key's first step, or 0 where there is only one. */
static inline unsigned firstStep(const byte *key, unsigned length) {
  for (unsigned at = 0; at < length; at += 16) {
    unsigned dots = where(wasm_v128_load(key + at), '.');
    if (!dots) continue;
    at += __builtin_ctz(dots);
    return at < length ? at : 0;
  }
  return 0;
}

/** From behind a key's opening quote to behind the closing one; 0 where the key must be left to others. */
static inline const byte *readKey(const byte *at, const Node *node, const Node **child) {
  const byte *from = at;
  int escapes = 0;
  at = skipString(at, &escapes);
  if (!at || escapes) return 0;
  unsigned length = at - from - 1;
  *child = length == 0 ? 0 : find(node, from, length);
  if (*child) return at;
  // With a dot, a key names several steps, and its path can be spelt in other ways.
  unsigned step = firstStep(from, length);
  return step > 0 && find(node, from, step) ? 0 : at;
}

/** Sixteen set bytes, and sixteen that are not: each mask of a beginning is in it. */
static const byte masks[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

/** Reads a key that was not expected, and expects it from now on. */
static const byte *learnKey(const byte *at, const Node *node, const Node **child) {
  const byte *from = at;
  if (!(at = readKey(at, node, child))) return 0;
  unsigned length = at - from;
  if (length == 1 || length > 16) return at;
  Key *key = &known[(tagOf(from, length - 1) * 0x9e3779b1u >> 24 ^ ((unsigned)node >> 4)) % keys];
  v128_t mask = wasm_v128_load(masks + 16 - length);
  *key = (Key){wasm_v128_and(wasm_v128_load(from), mask), mask, node, *child, key->next, length};
  last = last->next = key;
  return at;
}

/** As `readKey`. */
static inline const byte *expectKey(const byte *at, const Node *node, const Node **child) {
  const Key *key = last->next;
  v128_t differs = wasm_v128_and(wasm_v128_xor(wasm_v128_load(at), key->text), key->mask);
  if (key->node != node || wasm_v128_any_true(differs)) return learnKey(at, node, child);
  last = last->next;
  *child = key->child;
  return at + key->length;
}
