// What an event says at the paths that matter, in columns that match/facts.ts reads where they are.

#pragma once
enum { room = 1 << 20, mostValues = 1 << 14, mostPlaces = 1 << 14, mostPaths = 1 << 12 };
enum { isString, isNumber, isTrue, isFalse, isNull, isPlain = 8 };

/** The first value of each path, or -1; how many it has; the paths that have any. */
static int first[mostPaths], size[mostPaths], touched[mostPaths];
/** Of each value: the next one of its path, its place, its kind, where it stands, and its double. */
static int next[mostValues], place[mostValues], kind[mostValues], start[mostValues], end[mostValues];
static double number[mostValues];
/** Of each place: the one around it, its array, its index there. */
static int outer[mostPlaces], array[mostPlaces], position[mostPlaces];
/** How many there are of each; and the offset behind what has been read. */
static struct { int values, places, arrays, touched, end; } count;

static inline void forget(void) {
  for (int i = 0; i < count.touched; i++) first[touched[i]] = -1;
  count.values = count.arrays = count.touched = 0;
  count.places = 1;
}

static inline int addPlace(int around, int list, int index) {
  int i = count.places++;
  outer[i] = around;
  array[i] = list;
  position[i] = index;
  return i;
}

static inline void addValue(int path, int where, int what, int from, int to) {
  int i = count.values++;
  int before = first[path];
  if (before < 0) touched[count.touched++] = path;
  size[path] = before < 0 ? 1 : size[path] + 1;
  next[i] = before;
  first[path] = i;
  place[i] = where;
  kind[i] = what;
  start[i] = from;
  end[i] = to;
}
