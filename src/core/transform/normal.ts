/**
 * A JSON text without white space, and with strings escaped as little as can be. Numbers keep the form they were
 * written in, whatever their size, and keys their order: no text survives `JSON.parse` so well.
 */
export function normalJson(text: string): string {
  if (!/[ \t\r\n\\]/.test(text)) return text;
  let out = "";
  // What is kept as it is, is copied in runs.
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const here = text.charCodeAt(at);
    if (here === 0x22) {
      const end = endOfString(text, at);
      const token = text.slice(at, end);
      if (token.includes("\\")) {
        out += text.slice(from, at) + JSON.stringify(JSON.parse(token));
        from = end;
      }
      at = end;
    } else if (here === 0x20 || here === 0x0a || here === 0x0d || here === 0x09) {
      out += text.slice(from, at);
      from = ++at;
    } else at++;
  }
  return out + text.slice(from);
}

/** Just after the string that begins at `at`. */
export function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); ; end = text.indexOf('"', end + 1)) {
    // The end of the text: only broken JSON gets here.
    if (end < 0) return text.length + 1;
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
}
