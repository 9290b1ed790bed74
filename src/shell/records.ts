import { cutElements, type Slices } from "./elements.ts";
import { openInput } from "./input.ts";
import { type LineBlock, splitBlocks } from "./lines.ts";
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

/** Records that came together, each a stretch of the same bytes, without its line end. */
export interface RecordBlock extends Readonly<Slices> {
  readonly name: string;
  readonly bytes: Buffer;
  /** One record a line: none goes over several, and `bytes` has its line end behind it, unless it is the file's last. */
  readonly isLines: boolean;
}

const code = { newline: 0x0a, open: 0x5b, brace: 0x7b };

/**
 * The events of a file (`-` for standard input, `.gz` unpacked): one event, an array of them, or one a line. One a line is
 * read as a stream, in memory that does not grow with the file. It is recognised by its first line being a
 * whole JSON text, or by the second line beginning another one.
 */
export async function* readRecords(world: World, path: string): AsyncGenerator<JsonRecord> {
  for await (const { name, bytes, starts, ends, lines } of readBlocks(world, path))
    for (const [i, line] of lines.entries())
      yield { name, line, bytes: bytes.subarray(starts[i]!, ends[i]!) };
}

/** The same in blocks, as they come, for whoever has little to do for each and much to go through. */
export async function* readBlocks(world: World, path: string): AsyncGenerator<RecordBlock> {
  const { name, bytes } = openInput(world, path);
  const blocks = splitBlocks(bytes);
  const { head, isDocument } = await readHead(blocks);
  if (isDocument) {
    const pieces = head.map((block) => block.bytes);
    for await (const block of blocks) pieces.push(block.bytes);
    yield* documentOf(name, Buffer.concat(pieces), head[0]!.number);
    return;
  }
  for (const block of head) yield linesOf(name, block);
  for await (const block of blocks) yield linesOf(name, block);
}

/**
 * As much of the beginning as it takes to tell one document over several lines (or an array on one) from one event a
 * line. A first line that is whole tells it at once: of a live stream the second may be a long time coming.
 */
async function readHead(blocks: AsyncGenerator<LineBlock>) {
  const head: LineBlock[] = [];
  let first: Uint8Array | undefined;
  for (let step = await blocks.next(); !step.done; step = await blocks.next()) {
    const { bytes, ends } = step.value;
    let i = 0;
    if (first === undefined) {
      const found = firstLine(step.value);
      if (found === undefined) continue;
      first = found.bytes;
      i = found.index + 1;
    }
    head.push(step.value);
    if (startsWith(first, code.open)) return { head, isDocument: true };
    if (!startsWith(first, code.brace) || isWhole(first)) return { head, isDocument: false };
    if (i < ends.length)
      return { head, isDocument: !startsWith(bytes.subarray(startOf(ends, i), ends[i]), code.brace) };
  }
  return { head, isDocument: false };
}

function firstLine({
  bytes,
  ends,
}: LineBlock): { readonly index: number; readonly bytes: Uint8Array } | undefined {
  for (const [index, end] of ends.entries()) {
    const line = bytes.subarray(startOf(ends, index), end);
    if (!isBlank(line, 0, line.length)) return { index, bytes: line };
  }
  return undefined;
}

const startOf = (ends: readonly number[], i: number): number => (i === 0 ? 0 : ends[i - 1]! + 1);

function linesOf(name: string, { number, bytes, ends: allEnds }: LineBlock): RecordBlock {
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  let start = 0;
  for (let i = 0; i < allEnds.length; i++) {
    const end = allEnds[i]!;
    if (!isBlank(bytes, start, end)) {
      starts.push(start);
      ends.push(end);
      lines.push(number + i);
    }
    start = end + 1;
  }
  return { name, bytes, isLines: true, starts, ends, lines };
}

/** One event that goes over lines, or the elements of an array. */
function* documentOf(name: string, bytes: Buffer, number: number): Generator<RecordBlock> {
  let start = 0;
  let line = number;
  for (; bytes[start]! <= 0x20; start++) if (bytes[start] === code.newline) line++;
  if (bytes[start] !== code.open) {
    // From the line's first column on, so that the place of a fault can be told.
    const first = bytes.lastIndexOf(code.newline, start) + 1;
    yield { name, bytes, isLines: false, starts: [first], ends: [endOf(bytes)], lines: [line] };
    return;
  }
  const array = bytes.subarray(start);
  const { open, ...slices } = cutElements(array, line);
  yield { name, bytes: array, isLines: false, ...slices };
  // Its last bracket is missing, which is a broken text and not a short list.
  if (open !== undefined)
    yield { name, bytes: Buffer.of(code.open), isLines: false, starts: [0], ends: [1], lines: [open] };
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString("utf8"));
    return true;
  } catch {
    return false;
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! > 0x20) return false;
  return true;
}

const startsWith = (bytes: Uint8Array, wanted: number): boolean =>
  bytes.find((byte) => byte > 0x20) === wanted;

function endOf(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1]! <= 0x20) end--;
  return end;
}
