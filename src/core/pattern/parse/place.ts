/** How much of a pattern AWS repeats in a message. */
const shown = 500;

/** Line and column (both from 1) of an offset into a text. A line ends with LF, CR or both. */
export function placeIn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const { 0: end, index } of text.slice(0, offset).matchAll(/\r\n?|\n/g)) {
    line++;
    start = index + end.length;
  }
  return { line, column: offset - start + 1 };
}

/** A pattern as AWS names it in a message: quoted, control characters escaped, cut. */
export function sourceOf(text: string): string {
  const cut = text.slice(0, shown).replace(/\p{Cc}/gu, (c) => {
    const isLineEnd = c === "\r" || c === "\n";
    return isLineEnd ? c : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return `(String)"${cut}"${text.length > shown ? `[truncated ${text.length - shown} chars]` : ""}`;
}
