import { crc32 } from "node:zlib";
import type { Change } from "./pending.ts";

/**
 * A file of state is lines of text. The first says what the file is; each other is a record: the CRC-32 of the JSON
 * behind it in eight hexadecimal digits, a blank, and `[milliseconds, change, …]`. A record is what one request has
 * changed, so it counts whole or not at all.
 */
export interface Header {
  readonly format: "evb-local";
  readonly version: number;
  readonly region: string;
  readonly account: string;
}

export const formatVersion = 1;

export const renderHeader = (home: { readonly region: string; readonly account: string }): string =>
  `${JSON.stringify({ format: "evb-local", version: formatVersion, region: home.region, account: home.account } satisfies Header)}\n`;

export function parseHeader(line: string): Header | undefined {
  try {
    const found = Object(JSON.parse(line)) as Header;
    return found.format === "evb-local" && typeof found.version === "number" ? found : undefined;
  } catch {
    // The caller says what is wrong.
    return undefined;
  }
}

/** A moment of the emulator's clock and what changed then. */
export interface StateRecord {
  readonly at: number;
  readonly changes: readonly Change[];
}

export function renderRecord({ at, changes }: StateRecord): string {
  const text = JSON.stringify([at, ...changes]);
  return `${checksum(text)} ${text}\n`;
}

/** `undefined` when the line is not what was written. */
export function parseRecord(line: Buffer): StateRecord | undefined {
  const text = line.subarray(9);
  if (line.subarray(0, 9).toString("latin1") !== `${checksum(text)} `) return undefined;
  const [at, ...changes] = JSON.parse(text.toString()) as [number, ...Change[]];
  return { at, changes };
}

const checksum = (text: string | Buffer): string => crc32(text).toString(16).padStart(8, "0");
