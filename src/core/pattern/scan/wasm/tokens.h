// The smallest pieces of a JSON text: scan/tokens.ts, sixteen bytes at a time where that pays. Each function takes the
// address at which the piece begins and gives the one behind it, or 0 where it is broken.
//
// A zero byte stands behind the text. No piece can hold it, so it ends whatever is being read, and nothing has to look
// where the text ends. Blocks may be loaded beyond it; what they hold there is never reached.
#pragma once
#include <wasm_simd128.h>

typedef unsigned char byte;
typedef unsigned long long u64;

static inline int isDigit(byte c) { return (byte)(c - '0') < 10; }

static inline int isHex(byte c) { return isDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

/** A bit for each of sixteen bytes that is `c`. */
static inline unsigned where(v128_t block, byte c) { return wasm_i8x16_bitmask(wasm_i8x16_eq(block, wasm_i8x16_splat(c))); }

static inline int isSpace(byte c) { return c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09; }

static inline const byte *skipSpace(const byte *at) {
  while (*at <= 0x20 && isSpace(*at)) at++;
  return at;
}

static inline const byte *skipDigits(const byte *at) {
  for (;; at += 16) {
    v128_t block = wasm_i8x16_sub(wasm_v128_load(at), wasm_i8x16_splat('0'));
    unsigned others = wasm_i8x16_bitmask(wasm_u8x16_ge(block, wasm_i8x16_splat(10)));
    if (others) return at + __builtin_ctz(others);
  }
}

static const byte *skipEscape(const byte *at) {
  byte c = at[1];
  if (c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' || c == 'n' || c == 'r' || c == 't') return at + 2;
  if (c != 'u') return 0;
  for (int i = 2; i < 6; i++)
    if (!isHex(at[i])) return 0;
  return at + 6;
}

/** A character outside ASCII: no overlong form, no surrogate, nothing above U+10FFFF. */
static const byte *skipCharacter(const byte *at) {
  byte c = at[0], low = 0x80, high = 0xbf;
  int length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (c < 0xc2 || c > 0xf4) return 0;
  if (c == 0xe0) low = 0xa0;
  if (c == 0xed) high = 0x9f;
  if (c == 0xf0) low = 0x90;
  if (c == 0xf4) high = 0x8f;
  for (int i = 1; i < length; i++, low = 0x80, high = 0xbf)
    if (at[i] < low || at[i] > high) return 0;
  return at + length;
}

/** The next byte that does not stand for itself. Controls and what is not ASCII are below a blank, as signed bytes. */
static inline const byte *skipPlain(const byte *at) {
  for (;; at += 16) {
    v128_t block = wasm_v128_load(at);
    v128_t isQuote = wasm_i8x16_eq(block, wasm_i8x16_splat('"'));
    v128_t isEscape = wasm_i8x16_eq(block, wasm_i8x16_splat('\\'));
    v128_t isOdd = wasm_i8x16_lt(block, wasm_i8x16_splat(0x20));
    unsigned found = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(isQuote, isEscape), isOdd));
    if (found) return at + __builtin_ctz(found);
  }
}

/** From behind the opening quote to behind the closing one. `escapes` is set where there are any. */
static inline const byte *skipString(const byte *at, int *escapes) {
  for (;;) {
    at = skipPlain(at);
    if (*at == '"') return at + 1;
    while (*at >= 0x80)
      if (!(at = skipCharacter(at))) return 0;
    if (*at < 0x20) return 0;
    if (*at != '\\') continue;
    *escapes = 1;
    if (!(at = skipEscape(at))) return 0;
  }
}

static inline const byte *skipNumber(const byte *at) {
  if (*at == '-') at++;
  const byte *from = at;
  if (*at == '0') at++;
  else while (isDigit(*at)) at++;
  if (at != from && *at == '.') at = skipDigits(from = at + 1);
  if (at != from && (*at | 32) == 'e') {
    from = at + 1;
    if (*from == '+' || *from == '-') from++;
    at = skipDigits(from);
  }
  return at != from ? at : 0;
}

/** `true`, `false` or `null`, told by its first letter. */
static inline const byte *skipWord(const byte *at) {
  const char *word = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
  for (; *word; word++, at++)
    if (*at != (byte)*word) return 0;
  return at;
}
