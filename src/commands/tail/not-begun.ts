import type { AttemptReport } from "./happening.ts";

/** What is told of an event that came in too late for its handler. */
export const notBegun: AttemptReport = {
  ok: false,
  words: "not begun, the tail is ending",
  attempt: 0,
  ms: 0,
  retryMs: undefined,
};
