/**
 * JavaScript reads every number as a double, so that an integer of more than 15 digits may come out as another one;
 * EventBridge takes integers of 64 bits. Such a detail is sent as the text it came in.
 */
export function changesNumbers(json: string): boolean {
  if (!/\d{16}/.test(json)) return false;
  const numbers = json.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d{16,}(?![\d.eE])/g) ?? [];
  return numbers.some((digits) => BigInt(digits) !== BigInt(Number(digits)));
}

/** The text of a top-level field's value in the text of a valid JSON object; the last one counts, as in JSON.parse. */
export function sliceField(json: string, name: string): string | undefined {
  let depth = 0;
  let key: string | undefined;
  let start = 0;
  let found: string | undefined;
  const close = (end: number) => {
    if (key === name) found = json.slice(start, end).trim();
    key = undefined;
  };
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;
  let last = "";
  for (const match of json.matchAll(token)) {
    const [text] = match;
    if (text === "{" || text === "[") depth++;
    else if (text === "}" || text === "]") {
      if (depth === 1) close(match.index);
      depth--;
    } else if (depth === 1 && text === ",") close(match.index);
    else if (depth === 1 && text === ":" && key === undefined) {
      key = JSON.parse(last) as string;
      start = match.index + 1;
    }
    last = text;
  }
  return found;
}
