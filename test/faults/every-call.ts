import type { Clock } from "../../src/core/clock.ts";
import { windableClock } from "../../src/local/clock.ts";
import type { FaultKind } from "../../src/local/faults.ts";
import type { LocalOptions } from "../../src/local/start.ts";
import { systemClock } from "../../src/shell/clock.ts";
import { type Lab, openLab } from "../commands/dlq/lab.ts";
import type { Outcome } from "../world.ts";

/** Every way in which one call can fail. */
export const faultKinds: readonly (readonly [string, FaultKind])[] = [
  ["is refused with an error", { kind: "error", status: 500 }],
  ["is throttled", { kind: "throttle" }],
  ["finds the connection reset", { kind: "reset" }],
  ["is carried out, but its answer is lost", { kind: "lose-answer" }],
  ["fails for its first and third entry", { kind: "fail-entries", entries: [0, 2] }],
  [
    "fails for good for its second entry",
    { kind: "fail-entries", entries: [1], code: "InvalidMessageContents", message: "made on purpose" },
  ],
  ["is denied", { kind: "error", status: 400, code: "AccessDeniedException", message: "made on purpose" }],
];

export interface Trial {
  readonly lab: Lab;
  /** The run in which the call failed, and the one after it. */
  readonly broken: Outcome;
  readonly again: Outcome;
  /** Which call failed, and what both runs said: for the message of an assertion. */
  readonly told: string;
}

/** The machine's clock for one who has no patience: no wait is longer than this. */
export const hasty: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 10), signal),
};

const hour = 3600_000;

/**
 * Runs a command so often that each of its calls fails once: a fresh emulator, `prepare`, the command with the n-th
 * call failing, an hour later the same command without a fault, `check`. Returns how many calls there were.
 */
export async function failEveryCall(
  kind: FaultKind,
  prepare: (lab: Lab) => Promise<void>,
  run: (lab: Lab) => Promise<Outcome>,
  check: (trial: Trial) => Promise<void>,
  options: LocalOptions = {},
): Promise<number> {
  for (let call = 1; ; call++) {
    const clock = windableClock(Date.now());
    await using lab = await openLab({ ...options, clock });
    await prepare(lab);
    lab.local.faults.clear();
    let seen = 0;
    lab.local.faults.add({ ...kind, operation: "*", where: () => ++seen === call });
    const broken = await run(lab);
    lab.local.faults.clear();
    if (seen < call) return seen;
    await clock.advance(hour);
    const again = await run(lab);
    const told = `call ${call} failed\n${broken.code} ${broken.err}\n${again.code} ${again.err}`;
    await check({ lab, broken, again, told });
  }
}

/** Ids of events that a run has called possibly double. */
export const doubtful = (outcome: Outcome): string[] =>
  outcome
    .lines()
    .filter(({ possiblyDouble }) => possiblyDouble === true)
    .map(({ event }) => (event as { id: string }).id);

/** Ids that are there more than once. */
export const twice = (ids: readonly string[]): string[] => ids.filter((id, at) => ids.indexOf(id) !== at);
