import { closeSync, openSync, readSync } from "node:fs";
import { EvbError } from "../../core/errors.ts";
import { formatVersion, type Header, parseHeader, parseRecord } from "./format.ts";
import type { Saved } from "./ledger.ts";

export interface Loaded {
  readonly saved: Saved;
  readonly header: Header;
  /** When the last record was written, in milliseconds of the emulator's clock. */
  readonly lastAt: number;
  /** Bytes of an unfinished last record, which nobody was told of. */
  readonly torn: number;
}

/**
 * Reads a file of state. An unfinished last line is what a crash in the middle of a write leaves, and is passed over;
 * anything else that is not as it was written is an error, and the file stays as it is.
 */
export function readState(path: string): Loaded {
  const kinds = new Map<string, Map<string, unknown>>();
  let header: Header | undefined;
  let lastAt = 0;
  const rest = eachLine(path, (line, number, offset) => {
    if (number === 1) {
      header = readHeader(path, line);
      return;
    }
    const record = parseRecord(line);
    if (record === undefined) throw damaged(path, number, offset);
    lastAt = Math.max(lastAt, record.at);
    for (const [kind, id, value] of record.changes) {
      const things = kinds.get(kind) ?? new Map<string, unknown>();
      kinds.set(kind, things);
      if (id === undefined) things.clear();
      else if (value === undefined) things.delete(id);
      else things.set(id, value);
    }
  });
  if (header === undefined) throw damaged(path, 1, 0);
  const none = new Map<string, never>();
  return {
    saved: { of: <T>(kind: string) => (kinds.get(kind) as Map<string, T> | undefined) ?? none },
    header,
    lastAt,
    torn: rest,
  };
}

function readHeader(path: string, line: Buffer): Header {
  const header = parseHeader(line.toString());
  if (header === undefined)
    throw new EvbError("FILE_NOT_READ", `${path} is no file of the emulator's state`, [
      "name another directory with --data",
    ]);
  if (header.version > formatVersion)
    throw new EvbError(
      "FILE_NOT_READ",
      `${path} was written by a newer evb: format ${header.version}, this one reads ${formatVersion}`,
      ["update evb, or name another directory with --data"],
    );
  return header;
}

const damaged = (path: string, line: number, offset: number): EvbError =>
  new EvbError(
    "FILE_NOT_READ",
    `${path} is damaged: line ${line}, at byte ${offset}, is not as it was written`,
    [
      "nothing was changed; begin with another --data, or put a copy of the file back",
      `to go on with what was before it: cp ${path} ${path}.damaged && head -c ${offset} ${path}.damaged > ${path}`,
    ],
  );

/** Gives each line that has an end; answers how many bytes come after the last. */
function eachLine(path: string, take: (line: Buffer, number: number, offset: number) => void): number {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    let pieces: Buffer[] = [];
    let number = 0;
    let offset = 0;
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      let from = 0;
      for (let end = chunk.indexOf(10, 0); end >= 0 && end < size; end = chunk.indexOf(10, from)) {
        const piece = chunk.subarray(from, end);
        const line = pieces.length === 0 ? piece : Buffer.concat([...pieces, piece]);
        pieces = [];
        number += 1;
        take(line, number, offset);
        offset += line.length + 1;
        from = end + 1;
      }
      if (from < size) pieces.push(Buffer.from(chunk.subarray(from, size)));
    }
    return pieces.reduce((sum, piece) => sum + piece.length, 0);
  } finally {
    closeSync(file);
  }
}
