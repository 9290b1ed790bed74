// Passes over one value that nobody asks for.
#pragma once
#include "tokens.h"

enum { deepest = 1000 };

/** For each level of the container that is being passed over, whether it is an object. */
static byte isObject[deepest];

/** Behind a container, every byte of which is checked; 0 where it is broken or has more than `depth` levels. */
static const byte *checkContainer(const byte *at, int depth) {
  int level = 0;
  int escapes;
  int inObject = *at == '{';
  if (depth < 1) return 0;
  isObject[0] = inObject;
open:
  at = skipSpace(at + 1);
  if (*at == (inObject ? '}' : ']')) goto closed;
  if (inObject) goto key;
value:
  if (*at == '"') at = skipString(at + 1, &escapes);
  else if (*at == '-' || isDigit(*at)) at = skipNumber(at);
  else if (*at == '{' || *at == '[') {
    if (++level >= depth) return 0;
    inObject = *at == '{';
    isObject[level] = inObject;
    goto open;
  } else at = skipWord(at);
  if (!at) return 0;
after:
  at = skipSpace(at);
  if (*at == ',') {
    at = skipSpace(at + 1);
    if (inObject) goto key;
    goto value;
  }
  if (*at != (inObject ? '}' : ']')) return 0;
closed:
  at++;
  if (level == 0) return at;
  inObject = isObject[--level];
  goto after;
key:
  if (*at != '"' || !(at = skipString(at + 1, &escapes))) return 0;
  at = skipSpace(at);
  if (*at != ':') return 0;
  at = skipSpace(at + 1);
  goto value;
}

/** Of sixty-four bytes, a bit for each that is `c`. */
static inline u64 whereIn(const v128_t *blocks, byte c) {
  return where(blocks[0], c) | (u64)where(blocks[1], c) << 16 | (u64)where(blocks[2], c) << 32 |
         (u64)where(blocks[3], c) << 48;
}

/** Takes out the quotes that are escaped. `isEscaped` says so of the first byte of the block, and then of the next block's. */
static u64 withoutEscaped(u64 quotes, u64 backslashes, int *isEscaped) {
  u64 escaped = *isEscaped;
  *isEscaped = 0;
  for (u64 left = backslashes & ~escaped; left; left &= left - 1) {
    u64 bit = left & -left;
    if (escaped & bit) continue;
    if (bit >> 63) *isEscaped = 1;
    escaped |= bit << 1;
  }
  return quotes & ~escaped;
}

/** For each bit, whether there is an odd number of bits up to it: what lies within quotes. */
static inline u64 within(u64 quotes) {
  for (int shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  return quotes;
}

/** Behind a container of a text that is known to be well-formed: only quotes and brackets are looked at, and counted. */
static const byte *passContainer(const byte *at, const byte *end) {
  int depth = 0, isEscaped = 0;
  u64 inString = 0;
  for (; at < end; at += 64) {
    v128_t blocks[4], folded[4];
    for (int i = 0; i < 4; i++) {
      blocks[i] = wasm_v128_load(at + 16 * i);
      // Brackets and braces differ in this bit only.
      folded[i] = wasm_v128_or(blocks[i], wasm_i8x16_splat(0x20));
    }
    u64 quotes = whereIn(blocks, '"'), backslashes = whereIn(blocks, '\\');
    if (backslashes || isEscaped) quotes = withoutEscaped(quotes, backslashes, &isEscaped);
    u64 texts = within(quotes) ^ inString;
    inString = (u64)((long long)texts >> 63);
    u64 opening = whereIn(folded, '{') & ~texts, closing = whereIn(folded, '}') & ~texts;
    int closed = __builtin_popcountll(closing);
    if (closed < depth) {
      depth += __builtin_popcountll(opening) - closed;
      continue;
    }
    for (u64 left = opening | closing; left; left &= left - 1) {
      depth += left & -left & opening ? 1 : -1;
      if (depth == 0) return at + __builtin_ctzll(left) + 1;
    }
  }
  return 0;
}

static inline const byte *skipValue(const byte *at, const byte *end, int depth, int isTrusted) {
  int escapes;
  if (*at == '"') return skipString(at + 1, &escapes);
  if (*at == '{' || *at == '[') return isTrusted ? passContainer(at, end) : checkContainer(at, depth);
  return *at == '-' || isDigit(*at) ? skipNumber(at) : skipWord(at);
}
