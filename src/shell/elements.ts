const code = {
  newline: 0x0a,
  quote: 0x22,
  comma: 0x2c,
  open: 0x5b,
  escape: 0x5c,
  close: 0x5d,
  brace: 0x7b,
  endBrace: 0x7d,
};

/** Stretches of one text: where each begins and ends, and the line that it begins on. */
export interface Slices {
  readonly starts: number[];
  readonly ends: number[];
  readonly lines: number[];
}

/** The elements of an array, and text behind it. `open` is the last line of an array that does not end. */
export interface Elements extends Slices {
  readonly open?: number | undefined;
}

/** Cuts an array by brackets and quotes alone; what is broken inside an element is its reader's to say. */
export function cutElements(whole: Uint8Array, firstLine: number): Elements {
  const slices: Slices = { starts: [], ends: [], lines: [] };
  let line = firstLine;
  let depth = 0;
  let start = -1;
  let startLine = line;
  for (let at = 0; at < whole.length; at++) {
    const byte = whole[at]!;
    if (byte === code.newline) line++;
    const isEnd = byte === code.comma || byte === code.close;
    if (depth === 1 && start < 0 && byte > 0x20 && !isEnd) {
      start = at;
      startLine = line;
    }
    if (depth === 1 && start >= 0 && isEnd) {
      add(slices, whole, start, at, startLine);
      start = -1;
    }
    if (byte === code.quote) at = endOfString(whole, at);
    else if (byte === code.open || byte === code.brace) depth++;
    else if (byte === code.close || byte === code.endBrace) depth--;
    if (depth === 0) {
      add(slices, whole, at + 1, whole.length, line);
      return slices;
    }
  }
  if (start >= 0) add(slices, whole, start, whole.length, startLine);
  // An element that does not end says so itself.
  return depth === 1 ? { ...slices, open: line } : slices;
}

/** Without the white space at its end; what has nothing else is left out. */
function add({ starts, ends, lines }: Slices, whole: Uint8Array, start: number, end: number, line: number) {
  let last = end;
  while (last > start && whole[last - 1]! <= 0x20) last--;
  if (last === start) return;
  starts.push(start);
  ends.push(last);
  lines.push(line);
}

function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === code.escape) at++;
    else if (bytes[at] === code.quote) return at;
  }
  return bytes.length;
}
