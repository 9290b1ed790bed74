// Collects what one event says at the paths that somebody asks for: scan/walk.ts, for events of everyday kinds. Whatever
// is broken, or has a key that must be decoded or can be spelt in several ways, or is too much, is left to that.
#include "decimal.h"
#include "facts.h"
#include "keys.h"
#include "skip.h"

/** The event, and what may be loaded beyond it. */
static byte text[room + 80] __attribute__((aligned(16)));
/** So many paths are open while reading must not stop; more than there can be. */
enum { never = 1 << 30 };

/** An object or array that is being read. `open` is what is open behind it; `list` is -1 for an object. */
typedef struct { const Node *node; int place, open, list, index; } Frame;
static Frame frames[deepest + 1];

/** The tree of paths, which begins with its root. */
static byte tree[1 << 18] __attribute__((aligned(16)));

/** Where everything is that scan/engine.ts reads or writes, in its order. */
static void *const areas[] = {first, size,   touched, next,  place,    kind,   start, end,
                              outer, array, position, number, &count, text, tree};

__attribute__((export_name("address"))) void *address(int area) { return areas[area]; }

static inline const byte *readValue(const byte *at, const Node *node, int where) {
  const byte *from = at;
  int what = isPlain, escapes = 0;
  if (*at == '"') {
    at = skipString(++from, &escapes);
    if (at) addValue(node->path, where, escapes ? isString : isString | isPlain, from - text, at - 1 - text);
    return at;
  }
  if (*at == '-' || isDigit(*at)) {
    what = isNumber;
    at = readNumber(at, &number[count.values]);
  } else {
    what = *at == 't' ? isTrue : *at == 'f' ? isFalse : isNull;
    at = skipWord(at);
  }
  if (at) addValue(node->path, where, what, from - text, at - text);
  return at;
}

/** 1, or 0 where the event must be left to others. In one piece, so that where it stands is in registers. */
__attribute__((export_name("walk"))) int walk(int length, int isTrusted) {
  const Node *root = (const Node *)tree;
  const byte *limit = text + length;
  for (int i = 0; i < 80; i += 16) wasm_v128_store((byte *)limit + i, wasm_i8x16_splat(0));
  forget();
  const byte *at = skipSpace(text);
  const Node *node = root;
  Frame *frame = frames;
  int around = 0, open = isTrusted ? root->below : never, rest = 0;
  if (*at != '{') return 0;
object:
  if (frame == frames + deepest) return 0;
  *++frame = (Frame){node, around, rest, -1, 0};
  at = skipSpace(at + 1);
  if (*at == '}') goto leave;
key:
  if (*at != '"' || !(at = expectKey(at + 1, frame->node, &node))) return 0;
  at = skipSpace(at);
  if (*at != ':') return 0;
  at = skipSpace(at + 1);
  around = frame->place;
  if (!node) goto pass;
  // Whatever happens inside, nothing below the child is open behind it.
  rest = open == never ? never : open - node->below;
value:
  if (*at == '{' && !isLeaf(node)) goto object;
  if (*at == '[') {
    if (frame == frames + deepest) return 0;
    *++frame = (Frame){node, around, rest, count.arrays++, 0};
    // Inside an array any path may turn up again in the next element.
    open = never;
    at = skipSpace(at + 1);
    if (*at == ']') goto leave;
    goto element;
  }
  open = rest;
  if (*at == '{' || node->path < 0) goto pass;
  if (count.values == mostValues || !(at = readValue(at, node, around))) return 0;
  goto behind;
element:
  node = frame->node;
  around = frame->place;
  rest = never;
  if (*at == '{' || *at == '[') {
    if (count.places == mostPlaces) return 0;
    around = addPlace(around, frame->list, frame->index++);
  }
  goto value;
pass:
  if (!(at = skipValue(at, limit, deepest - (int)(frame - frames), isTrusted))) return 0;
behind:
  if (open <= 0) goto done;
  at = skipSpace(at);
  if (*at == ',') {
    at = skipSpace(at + 1);
    if (frame->list < 0) goto key;
    goto element;
  }
  if (*at != (frame->list < 0 ? '}' : ']')) return 0;
leave:
  at++;
  open = frame->open;
  if (--frame != frames) goto behind;
done:
  count.end = at - text;
  return 1;
}
