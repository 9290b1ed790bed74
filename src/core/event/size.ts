import type { Entry } from "./entry.ts";
import { putLimits } from "./limits.ts";

/**
 * Bytes of an entry as PutEvents counts them: UTF-8 of source, detail type, detail and resources, and 14 for a time.
 * Bus name and trace header do not count. Source: user guide, "Calculating PutEvents event entry size".
 */
export function entryBytes(entry: Entry): number {
  let bytes = entry.time === undefined ? 0 : putLimits.timeBytes;
  bytes += utf8Bytes(entry.source) + utf8Bytes(entry.detailType) + utf8Bytes(entry.detail);
  for (const resource of entry.resources) bytes += utf8Bytes(resource);
  return bytes;
}

/** How many events of 64 KB an entry is billed as. */
export const billedUnits = (bytes: number): number =>
  Math.max(1, Math.ceil(bytes / putLimits.billedUnitBytes));

/** What so many billed events cost at AWS's price of most regions, $1 a million: to the cent where that says something. */
export function renderPrice(billed: number): string {
  const dollars = billed / 1e6;
  return `$${dollars >= 1 ? dollars.toFixed(2) : dollars.toFixed(6).replace(/0{1,4}$/, "")}`;
}

const encoder = new TextEncoder();
const room = new Uint8Array(256 * 1024);

/** Length in UTF-8. An unpaired surrogate counts three bytes, as it is sent. */
export function utf8Bytes(text: string): number {
  if (isShortAscii(text)) return text.length;
  // The longest a UTF-16 unit can become is three bytes, so this always fits.
  if (text.length * 3 <= room.length) return encoder.encodeInto(text, room).written;
  return encoder.encode(text).length;
}

/** What most sources, detail types and small details are: looking is quicker than encoding them. */
function isShortAscii(text: string): boolean {
  if (text.length > 100) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
