/** Whole lines of a stream, as many as came together. */
export interface LineBlock {
  /** The first line's number, from 1. */
  readonly number: number;
  /** The lines one behind the other, each with its line end; only a stream's last line may have none. */
  readonly bytes: Buffer;
  /** For each line, where its bytes end: at its line end, or where the stream ends. */
  readonly ends: readonly number[];
}

/** One line of a stream: its bytes without the line end, and its number from 1. */
export interface Line {
  readonly number: number;
  /** Valid until the next line is asked for. */
  readonly bytes: Uint8Array;
}

const newline = 0x0a;

/**
 * Splits bytes into lines, a chunk at a time, so that what is done for each line need not wait for anything. Keeps one
 * chunk and one line. A line is told as soon as its end has come, and a last line needs no line end.
 */
export async function* splitBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBlock> {
  let number = 1;
  let held: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const whole = chunk.lastIndexOf(newline) + 1;
    if (whole > 0) {
      const bytes = joined([...held, chunk.subarray(0, whole)]);
      const ends = endsOf(bytes);
      yield { number, bytes, ends };
      number += ends.length;
      held = [];
    }
    if (whole < chunk.length) held.push(chunk.subarray(whole));
  }
  const bytes = joined(held);
  if (bytes.length > 0) yield { number, bytes, ends: [bytes.length] };
}

/** The same, line by line. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  for await (const { number, bytes, ends } of splitBlocks(chunks)) {
    let start = 0;
    for (const [i, end] of ends.entries()) {
      yield { number: number + i, bytes: bytes.subarray(start, end) };
      start = end + 1;
    }
  }
}

function joined(pieces: readonly Uint8Array[]): Buffer {
  const [first] = pieces;
  if (first === undefined || pieces.length > 1) return Buffer.concat(pieces);
  return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
}

function endsOf(bytes: Buffer): number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) ends.push(at);
  return ends;
}
