/** One line of a stream: its bytes without the line end, and its number from 1. */
export interface Line {
  readonly number: number;
  /** Valid until the next line is asked for. */
  readonly bytes: Uint8Array;
}

const newline = 0x0a;

/** Splits bytes into lines without keeping more than one chunk and one line. A last line needs no line end. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  let held: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(newline, start);
      if (end < 0) break;
      const piece = chunk.subarray(start, end);
      const bytes = held.length === 0 ? piece : Buffer.concat([...held, piece]);
      held = [];
      yield { number: ++number, bytes };
      start = end + 1;
    }
    if (start < chunk.length) held.push(chunk.subarray(start));
  }
  if (held.length > 0) yield { number: ++number, bytes: Buffer.concat(held) };
}
