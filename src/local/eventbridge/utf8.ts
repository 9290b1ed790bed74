const encoder = new TextEncoder();
/** Events of everyday sizes are written here, one over the other, so that none leaves bytes behind. */
const room = new Uint8Array(64 * 1024);

/** A text in UTF-8, as patterns read it. Good until the next call. */
export function utf8Of(text: string): Uint8Array {
  // The longest that a UTF-16 unit can become is three bytes.
  if (text.length * 3 > room.length) return encoder.encode(text);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}
