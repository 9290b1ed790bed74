import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { percentOf } from "../../core/suite/coverage.ts";
import type { Stage } from "../stage.ts";
import type { TestOptions } from "./command.ts";
import { type Desk, Desks } from "./desk.ts";
import { findSuites } from "./find.ts";
import type { Summary, TestHappening } from "./happening.ts";
import type { LiveTest } from "./live/plan.ts";
import type { HasFailed, LivePut } from "./live/put-all.ts";
import { type OpenedSuite, readSuites } from "./read.ts";
import { isMeant, openPlaced, runOne, runSuite, type Tally } from "./run-suite.ts";
import { Snapshots } from "./snapshots.ts";
import { watchTests } from "./watch.ts";

export async function* runTest(options: TestOptions, stage: Stage): AsyncGenerator<TestHappening, number> {
  if (!options.watch) return yield* runOnce(options, stage);
  demandEndless(options);
  return yield* watchTests(stage, (own) => runOnce(options, own));
}

/** A report that is one document cannot go on for ever, and events are not to be sent whenever a file is saved. */
function demandEndless({ reporter, live }: TestOptions): void {
  if (live) throw new EvbError("BAD_USAGE", "--watch cannot be combined with --live");
  if (reporter === "human" || reporter === "json") return;
  throw new EvbError("BAD_USAGE", `--watch cannot be combined with --reporter ${reporter}`, [
    "--json gives a line for each test of each run",
  ]);
}

/** Every suite is read, and its bus opened, before the first test runs: a broken file must not come to light at the end. */
async function* runOnce(options: TestOptions, stage: Stage): AsyncGenerator<TestHappening, number> {
  const { clock } = stage.world;
  const begun = clock.now();
  const suites = await readSuites(stage.world, await findSuites(stage.world, options.files));
  const desks = new Desks(stage, options.parameters);
  const opened = await Promise.all(
    suites.map(async (suite) => ({ suite, desk: await openDesk(desks, suite, options) })),
  );
  for (const { warnings } of await desks.all()) for (const text of warnings) yield { kind: "warning", text };
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const tell = async function* (put?: LivePut): AsyncGenerator<TestHappening, void> {
    for (const { suite, desk } of opened) yield* runSuite(suite, desk, options, stage, tally, put);
  };
  const ended = yield* options.live ? tellLive(opened, options, stage, tell) : tell();
  if (ended !== undefined) return ended;
  if (tally.passed + tally.failed === 0)
    throw new EvbError("BAD_USAGE", "no test is meant by --filter and --tag", ["evb test runs all of them"]);
  const covered = options.coverage
    ? [...new Set(opened.map(({ desk }) => desk))].map(({ bus, tracker }) => ({ bus, ...tracker.coverage() }))
    : [];
  for (const { bus, ...coverage } of covered) yield { kind: "coverage", bus: bus.name, ...coverage };
  const summary: Summary = {
    ...tally,
    ms: clock.now() - begun,
    ...(options.coverage && { coverage: percentOf(sum(covered)), minCoverage: options.minCoverage }),
  };
  yield { kind: "summary", ...summary };
  const isCovered = (summary.coverage ?? 100) >= (options.minCoverage ?? 0);
  return tally.failed > 0 || !isCovered ? Exit.negative : Exit.done;
}

/** What a file says of a bus is compared offline; live it only names the bus. */
const openDesk = (
  desks: Desks,
  { path, busLine, suite: { bus } }: OpenedSuite,
  { live }: TestOptions,
): Promise<Desk> =>
  (live && bus.from !== undefined
    ? desks.open(path, bus).then((offline) => desks.open(path, { name: offline.bus.name }))
    : desks.open(path, bus)
  ).catch((error: unknown) => {
    if (!(error instanceof EvbError)) throw error;
    throw new EvbError(error.code, `${path}:${busLine}: bus: ${error.message}`, error.hints, error);
  });

/** The exit code where a signal ended it. */
async function* tellLive(
  opened: readonly { readonly suite: OpenedSuite; readonly desk: Desk }[],
  options: TestOptions,
  stage: Stage,
  tell: (put?: LivePut) => AsyncGenerator<TestHappening, void>,
): AsyncGenerator<TestHappening, number | undefined> {
  const meant = opened.flatMap(({ suite: { path, suite, lineOf }, desk }) =>
    [...suite.tests.entries()]
      .filter(([, test]) => isMeant(test, path, options))
      .map(([i, test]) => ({ path, line: lineOf(i), test, desk })),
  );
  const tests = await Promise.all(
    meant.map(
      async ({ desk, ...test }): Promise<LiveTest> => ({ ...(await openPlaced(stage.world, test)), desk }),
    ),
  );
  if (tests.length === 0) {
    yield* tell();
    return undefined;
  }
  const { runLive } = await import("./live/run.ts");
  const hasFailed: HasFailed = async (live, found) => {
    // Beside the report, which is told in order and counts what is covered.
    const desk = { ...live.desk, tracker: { add() {} } };
    const snapshots = await Snapshots.open(stage.world, live.path);
    return runOne(live, desk, snapshots, options, stage.world.clock, found).failures.length > 0;
  };
  return yield* runLive(tests, options, stage, hasFailed, tell);
}

const sum = (parts: readonly { total: number; hit: number }[]) => ({
  total: parts.reduce((all, { total }) => all + total, 0),
  hit: parts.reduce((all, { hit }) => all + hit, 0),
});
