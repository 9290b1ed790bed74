import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import type { Stop } from "../../shell/world.ts";
import type { PutHappening, Tally } from "./happening.ts";
import type { BadItem } from "./items.ts";
import { breakerBatches, type Run } from "./tally.ts";

/** How a run came to its end. Without any of these, its input was at an end. */
export interface Ending {
  readonly signal?: Stop | undefined;
  /** What makes going on pointless. */
  readonly fatal?: unknown;
  /** A broken event in the midst of the input. */
  readonly broken?: BadItem | undefined;
  readonly failedFile?: string | undefined;
  readonly journal?: string | undefined;
  readonly isScenario?: boolean | undefined;
}

/** Says what was not sent, and how to go on. Returns the exit code, or throws what ended the run. */
export function* conclude(run: Run, ending: Ending, now: number): Generator<PutHappening, number> {
  const { signal, fatal, broken } = ending;
  const tally = run.tally(now);
  const failures = tally.failed + tally.unknown;
  const early = signal !== undefined || fatal !== undefined || broken !== undefined || run.hopeless;
  yield { kind: "summary", tally };
  if (broken) yield { kind: "faulty", ...broken };
  const hints = hintsOf(run, ending, tally, early);
  const sentence = early ? reason(run, ending) : undefined;
  if (sentence !== undefined || hints.length > 0) yield { kind: "stopped", sentence, hints };
  if (signal) return signal.exit;
  if (fatal !== undefined && !(isUnwritten(fatal) && tally.published > 0)) throw fatal;
  if (run.hopeless && tally.published === 0)
    throw new EvbError(
      "AWS_REFUSED",
      `${tally.unknown > 0 ? "nothing is known to have been published" : "nothing was published"}: ${run.lastReason}`,
    );
  return failures > 0 || tally.invalid > 0 || early ? Exit.partly : Exit.done;
}

function hintsOf(
  run: Run,
  { failedFile, journal, broken, isScenario }: Ending,
  tally: Tally,
  early: boolean,
): string[] {
  const failures = tally.failed + tally.unknown;
  // What failed is in the file; without one, going on must begin with it, even if what follows is sent twice.
  const resume = failedFile === undefined ? (run.firstFailed ?? run.taken) : run.taken;
  const hints: string[] = [];
  if (journal !== undefined && !broken?.isOther && (failures > 0 || early))
    hints.push(`the same command goes on: ${journal} knows what has been published`);
  else if (failures > 0 && failedFile !== undefined)
    hints.push(`send again what failed: evb put - < ${failedFile}`);
  if (tally.invalid > 0 && failedFile !== undefined)
    hints.push(`the events that are broken are in ${failedFile} as they were read: mend them there`);
  if (journal !== undefined) return hints;
  if (failures > 0 && !early && failedFile === undefined)
    hints.push("--failed FILE keeps what fails, to be sent again with evb put - < FILE");
  if (early && isScenario) hints.push("the same command begins anew with the first step");
  else if (early && (resume > 0 || run.publishedBehind > 0))
    hints.push(`go on with the same command and --skip ${resume}${again(run, failedFile)}`);
  return hints;
}

/** Going on with what failed means sending again what was published behind it. */
const again = ({ publishedBehind: count }: Run, failedFile: string | undefined): string =>
  failedFile !== undefined || count === 0
    ? ""
    : ` (${count} ${count === 1 ? "event" : "events"} behind it that ${count === 1 ? "was" : "were"} published would be sent again; --failed FILE avoids that)`;

const isUnwritten = (fatal: unknown): fatal is EvbError =>
  fatal instanceof EvbError && fatal.code === "FILE_NOT_WRITTEN";

function reason(run: Run, { signal, broken, fatal }: Ending): string {
  const where =
    run.taken === 0
      ? "before the first event was sent"
      : `after event ${run.taken}: nothing after it was sent`;
  if (signal) return `stopped by ${signal.signal} ${where}`;
  if (broken) return `stopped at ${broken.place}, ${where}`;
  if (run.hopeless)
    return `stopped by the circuit breaker: ${breakerBatches} batches in a row published nothing (${run.lastReason}), ${where}`;
  if (isUnwritten(fatal)) return `stopped, because ${fatal.message}, ${where}`;
  return `stopped ${where}`;
}
