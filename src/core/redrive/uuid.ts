const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The UUID whose four words begin at `at`. */
export function renderUuid(words: Uint32Array, at: number): string {
  const text = [0, 1, 2, 3].map((word) => words[at + word]!.toString(16).padStart(8, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  );
}

/**
 * Reads a UUID as four words of 32 bits. False for what is none, and for the one in 2^32 whose first
 * word is 0, which marks a free slot in the tables that are made of such words.
 */
export function parseUuid(id: string, into: Uint32Array): boolean {
  if (!uuid.test(id)) return false;
  into[0] = Number.parseInt(id.slice(0, 8), 16);
  into[1] = Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16);
  into[2] = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16);
  into[3] = Number.parseInt(id.slice(28), 16);
  return into[0] !== 0;
}

/** Whether a table has the words of this id from `at` on. */
export const isUuidAt = (table: Uint32Array, at: number, words: Uint32Array): boolean =>
  table[at] === words[0] &&
  table[at + 1] === words[1] &&
  table[at + 2] === words[2] &&
  table[at + 3] === words[3];
