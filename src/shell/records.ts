import { openInput } from "./input.ts";
import { splitLines } from "./lines.ts";
import type { World } from "./world.ts";

/** One JSON text out of a file of events. Not checked: a reader that needs it valid parses it. */
export interface JsonRecord {
  /** The file's name, or `standard input`. */
  readonly name: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** The bytes as they stand in the file, without the line end. Valid until the next record is asked for. */
  readonly bytes: Uint8Array;
}

const code = {
  newline: 0x0a,
  return: 0x0d,
  open: 0x5b,
  close: 0x5d,
  brace: 0x7b,
  endBrace: 0x7d,
  comma: 0x2c,
  quote: 0x22,
  escape: 0x5c,
};

/**
 * The events of a file (`-` for standard input, `.gz` unpacked): one event, an array of them, or one a line. One a line is
 * read as a stream, in memory that does not grow with the file. It is recognised by its first line being a
 * whole JSON text, or by the second line beginning another one.
 */
export async function* readRecords(world: World, path: string): AsyncGenerator<JsonRecord> {
  const input = openInput(world, path);
  const lines = splitLines(input.bytes);
  const first = await firstLine(lines);
  if (first === undefined) return;
  const record = (line: number, bytes: Uint8Array): JsonRecord => ({ name: input.name, line, bytes });
  // Told at once: of a live stream the second line may be a long time coming.
  const told = startsWith(first.bytes, code.brace) && isWhole(first.bytes);
  if (told) yield record(first.number, first.bytes);
  const second = await lines.next();
  const next = second.done ? undefined : { number: second.value.number, bytes: second.value.bytes.slice() };
  if (told || !isDocument(first.bytes, next?.bytes)) {
    if (!told) yield record(first.number, first.bytes);
    if (next && !isBlank(next.bytes)) yield record(next.number, next.bytes);
    for await (const line of lines) if (!isBlank(line.bytes)) yield record(line.number, line.bytes);
    return;
  }
  const pieces: Uint8Array[] = [first.bytes];
  if (next) pieces.push(newline, next.bytes);
  for await (const line of lines) pieces.push(newline, line.bytes.slice());
  const whole = Buffer.concat(pieces);
  if (startsWith(first.bytes, code.open)) yield* elements(whole, first.number, record);
  else yield record(first.number, trimEnd(whole));
}

const newline = Uint8Array.of(code.newline);

async function firstLine(lines: AsyncGenerator<{ number: number; bytes: Uint8Array }>) {
  for (;;) {
    const step = await lines.next();
    if (step.done) return undefined;
    if (!isBlank(step.value.bytes)) return { number: step.value.number, bytes: step.value.bytes.slice() };
  }
}

/** One JSON document over several lines (or an array on one), rather than one event a line. */
function isDocument(first: Uint8Array, second: Uint8Array | undefined): boolean {
  if (startsWith(first, code.open)) return true;
  if (!startsWith(first, code.brace)) return false;
  return second !== undefined && !startsWith(second, code.brace);
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString("utf8"));
    return true;
  } catch {
    return false;
  }
}

/** The elements of an array, cut out by brackets and quotes alone; what is broken inside one is its reader's to say. */
function* elements(
  whole: Uint8Array,
  firstLine: number,
  record: (line: number, bytes: Uint8Array) => JsonRecord,
) {
  let line = firstLine;
  let depth = 0;
  let start = -1;
  let startLine = line;
  for (let at = 0; at < whole.length; at++) {
    const byte = whole[at]!;
    if (byte === code.newline) line++;
    if (depth === 1 && start < 0 && byte > 0x20 && byte !== code.comma && byte !== code.close) {
      start = at;
      startLine = line;
    }
    if (depth === 1 && start >= 0 && (byte === code.comma || byte === code.close)) {
      yield record(startLine, trimEnd(whole.subarray(start, at)));
      start = -1;
    }
    if (byte === code.quote) at = endOfString(whole, at);
    else if (byte === code.open || byte === code.brace) depth++;
    else if (byte === code.close || byte === code.endBrace) depth--;
    if (depth === 0) {
      const rest = trimEnd(whole.subarray(at + 1));
      if (!isBlank(rest)) yield record(line, rest);
      return;
    }
  }
  if (start >= 0) yield record(startLine, trimEnd(whole.subarray(start)));
  // An array that never ends: its last bracket is missing, which is a broken text and not a short list.
  else yield record(line, Uint8Array.of(code.open));
}

function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === code.escape) at++;
    else if (bytes[at] === code.quote) return at;
  }
  return bytes.length;
}

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte <= 0x20);

const startsWith = (bytes: Uint8Array, wanted: number): boolean =>
  bytes.find((byte) => byte > 0x20) === wanted;

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1]! <= 0x20) end--;
  return bytes.subarray(0, end);
}
