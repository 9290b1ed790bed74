import { sqsFault } from "./faults.ts";

const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Throws when a body or a text attribute has characters that XML 1.0 cannot carry. */
export function checkCharacters(text: string): void {
  if (forbidden.test(text))
    throw sqsFault(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
}
