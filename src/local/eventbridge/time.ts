/** Milliseconds to the wire's seconds since the epoch. */
export const seconds = (ms: number): number => ms / 1000;

/** The last second that was rendered: events come many in a second. */
let second = Number.NaN;
let rendered = "";

/** `2026-11-23T19:00:00Z`: whole seconds, as in an event. */
export function renderTime(ms: number): string {
  const asked = Math.floor(ms / 1000);
  if (asked !== second) {
    rendered = new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
    second = asked;
  }
  return rendered;
}
