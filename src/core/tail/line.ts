/**
 * A body as one line of NDJSON. Bytes stay as they are but for line ends, which in JSON can only stand between
 * values; a body that is no JSON becomes a JSON string.
 */
export function jsonLine(body: string, value: unknown): string {
  return value === undefined ? JSON.stringify(body) : oneLine(body);
}

/** A line of NDJSON that says which rule a body came through, where there are several. */
export function markedLine(mark: string | undefined, json: string): string {
  return mark === undefined ? json : `{"rule":${JSON.stringify(mark)},"body":${json}}`;
}

/** A body as it came, without its line ends. */
export const oneLine = (body: string): string =>
  /[\r\n]/.test(body) ? body.replace(/\s*[\r\n]+\s*/g, " ").trim() : body;
