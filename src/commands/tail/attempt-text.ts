import type { ChalkInstance } from "chalk";
import { renderDuration } from "../../core/duration.ts";
import type { Delivered } from "../../core/tail/body.ts";
import type { HandlerOptions } from "./handler-flags.ts";
import type { AttemptReport } from "./happening.ts";

/** `evb: 4f1c9a2b OrderPlaced -> exec: exit code 1 (12ms), attempt 1 of 5, again in 1s`. */
export function renderAttempt(
  { event, mark }: Delivered,
  { ok, words, ms, attempt, retryMs }: AttemptReport,
  { kind, to, maxAttempts }: HandlerOptions,
  paint: ChalkInstance,
): string {
  const what = event === undefined ? "event" : `${event.id} ${event.detailType}`;
  const where = kind === "exec" ? "exec" : to;
  const result = ok ? paint.green(words) : paint.red(words);
  const via = mark === undefined ? "" : `${mark}: `;
  return `evb: ${via}${what} -> ${where}: ${result}${attempt === 0 ? "" : ` (${renderDuration(ms)})`}${next({ ok, attempt, retryMs }, maxAttempts)}`;
}

function next(
  { ok, attempt, retryMs }: Pick<AttemptReport, "ok" | "attempt" | "retryMs">,
  max: number,
): string {
  if (retryMs !== undefined) return `, attempt ${attempt} of ${max}, again in ${renderDuration(retryMs)}`;
  if (attempt === 0) return ", given up";
  if (ok) return attempt === 1 ? "" : `, at attempt ${attempt}`;
  return `, given up after ${attempt === 1 ? "1 attempt" : `${attempt} attempts`}`;
}
