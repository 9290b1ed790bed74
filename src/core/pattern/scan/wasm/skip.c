// Passes over one JSON object or array, checking it on the way: what `skipByTable` does in scan/skip.ts, with the same
// answers, sixteen bytes at a time within strings and numbers. Built by build.sh into binary.ts.
//
// One zero byte must stand behind the text. No token can hold it, so it ends whatever is being read, and nothing else
// has to look where the text ends. Blocks may be loaded beyond it; what they hold there is never reached.
#include <wasm_simd128.h>

typedef unsigned char byte;

enum { deepest = 1024 };

/** For each level, whether it is an object. */
static byte isObject[deepest];

static inline const byte *skipSpace(const byte *at) {
  while (*at == 0x20 || *at == 0x0a || *at == 0x0d || *at == 0x09) at++;
  return at;
}

static inline int isDigit(byte c) { return (byte)(c - '0') < 10; }

static inline int isHex(byte c) { return isDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

static inline const byte *skipDigits(const byte *at) {
  for (;; at += 16) {
    v128_t block = wasm_i8x16_sub(wasm_v128_load(at), wasm_i8x16_splat('0'));
    unsigned others = wasm_i8x16_bitmask(wasm_u8x16_ge(block, wasm_i8x16_splat(10)));
    if (others) return at + __builtin_ctz(others);
  }
}

/** From a backslash to behind the escape. Where it is broken, `fault` is set. */
static const byte *skipEscape(const byte *at, const byte **fault) {
  byte c = at[1];
  if (c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' || c == 'n' || c == 'r' || c == 't') return at + 2;
  if (c != 'u') {
    *fault = at + 1;
    return 0;
  }
  for (int i = 2; i < 6; i++)
    if (!isHex(at[i])) {
      *fault = at + i;
      return 0;
    }
  return at + 6;
}

/** A character outside ASCII: no overlong form, no surrogate, nothing above U+10FFFF. */
static const byte *skipCharacter(const byte *at, const byte **fault) {
  byte c = at[0], low = 0x80, high = 0xbf;
  int length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (c < 0xc2 || c > 0xf4) {
    *fault = at;
    return 0;
  }
  if (c == 0xe0) low = 0xa0;
  if (c == 0xed) high = 0x9f;
  if (c == 0xf0) low = 0x90;
  if (c == 0xf4) high = 0x8f;
  for (int i = 1; i < length; i++, low = 0x80, high = 0xbf)
    if (at[i] < low || at[i] > high) {
      *fault = at + i;
      return 0;
    }
  return at + length;
}

/** From behind the opening quote to behind the closing one. Controls and what is not ASCII are below a blank if signed. */
static inline const byte *skipString(const byte *at, const byte **fault) {
  for (;;) {
    v128_t block = wasm_v128_load(at);
    v128_t isQuote = wasm_i8x16_eq(block, wasm_i8x16_splat('"'));
    v128_t isEscape = wasm_i8x16_eq(block, wasm_i8x16_splat('\\'));
    v128_t isOdd = wasm_i8x16_lt(block, wasm_i8x16_splat(0x20));
    unsigned found = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(isQuote, isEscape), isOdd));
    if (!found) {
      at += 16;
      continue;
    }
    at += __builtin_ctz(found);
    if (*at == '"') return at + 1;
    if (*at < 0x20) {
      *fault = at;
      return 0;
    }
    at = *at == '\\' ? skipEscape(at, fault) : skipCharacter(at, fault);
    if (!at) return 0;
  }
}

/** Behind a number, or 0. */
static inline const byte *skipNumber(const byte *at, const byte **fault) {
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
  if (at != from) return at;
  *fault = at;
  return 0;
}

static inline const byte *skipWord(const byte *at, const byte **fault) {
  const char *word = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
  for (; *word; word++, at++)
    if (*at != (byte)*word) {
      *fault = at;
      return 0;
    }
  return at;
}

/** The address behind the container that begins at `at`, or -1 - the address of the fault. */
__attribute__((export_name("skip"))) int skip(const byte *at, int depth) {
  const byte *fault = at;
  int level = 0;
  int inObject = *at == '{';
  isObject[0] = inObject;
open:
  at = skipSpace(at + 1);
  if (*at == (inObject ? '}' : ']')) goto closed;
  if (inObject) goto key;
value:
  if (*at == '"') at = skipString(at + 1, &fault);
  else if (*at == '-' || isDigit(*at)) at = skipNumber(at, &fault);
  else if (*at == '{' || *at == '[') {
    if (++level >= depth) return -1 - (int)at;
    inObject = *at == '{';
    isObject[level] = inObject;
    goto open;
  } else at = skipWord(at, &fault);
  if (!at) return -1 - (int)fault;
after:
  at = skipSpace(at);
  if (*at == ',') {
    at = skipSpace(at + 1);
    if (inObject) goto key;
    goto value;
  }
  if (*at != (inObject ? '}' : ']')) return -1 - (int)at;
closed:
  at++;
  if (level == 0) return (int)at;
  inObject = isObject[--level];
  goto after;
key:
  if (*at != '"') return -1 - (int)at;
  at = skipString(at + 1, &fault);
  if (!at) return -1 - (int)fault;
  at = skipSpace(at);
  if (*at != ':') return -1 - (int)at;
  at = skipSpace(at + 1);
  goto value;
}
