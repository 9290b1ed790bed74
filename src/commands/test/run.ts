import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { percentOf } from "../../core/suite/coverage.ts";
import type { TestCase } from "../../core/suite/suite.ts";
import type { Stage } from "../stage.ts";
import type { TestOptions } from "./command.ts";
import { type Desk, Desks } from "./desk.ts";
import { findSuites } from "./find.ts";
import type { Summary, TestHappening, TestResult } from "./happening.ts";
import type { LiveAnswers } from "./live/run.ts";
import { type OpenedSuite, readSuites } from "./read.ts";
import { Snapshots } from "./snapshots.ts";
import { tryTest } from "./try.ts";
import { watchTests } from "./watch.ts";

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

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
  const live = options.live ? yield* putAll(opened, options, stage) : undefined;
  if (typeof live === "number") return live;
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { suite, desk } of opened) yield* runSuite(suite, desk, options, stage, tally, live);
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

async function* putAll(
  opened: readonly { readonly suite: OpenedSuite; readonly desk: Desk }[],
  options: TestOptions,
  stage: Stage,
): AsyncGenerator<TestHappening, LiveAnswers | number> {
  const tests = opened.flatMap(({ suite: { path, suite }, desk }) =>
    suite.tests.filter((test) => isMeant(test, path, options)).map((test) => ({ path, test, desk })),
  );
  if (tests.length === 0) return new Map();
  const { runLive } = await import("./live/run.ts");
  return yield* runLive(tests, options, stage);
}

const sum = (parts: readonly { total: number; hit: number }[]) => ({
  total: parts.reduce((all, { total }) => all + total, 0),
  hit: parts.reduce((all, { hit }) => all + hit, 0),
});

async function* runSuite(
  { path, suite, lineOf }: OpenedSuite,
  desk: Desk,
  options: TestOptions,
  stage: Stage,
  tally: Tally,
  live: LiveAnswers | undefined,
): AsyncGenerator<TestHappening> {
  const snapshots = await Snapshots.open(stage.world, path);
  let isAnnounced = false;
  for (const [i, test] of suite.tests.entries()) {
    if (!isMeant(test, path, options) || (options.bail && tally.failed > 0)) {
      tally.skipped++;
      continue;
    }
    if (!isAnnounced) yield { kind: "suite", path, bus: desk.bus.name };
    isAnnounced = true;
    const result = await runOne({ path, line: lineOf(i), test }, desk, snapshots, options, stage, live);
    tally[result.failures.length === 0 ? "passed" : "failed"]++;
    yield { kind: "test", ...result };
  }
  const file = await snapshots.save(suite.tests.map(({ name }) => name));
  if (file !== undefined) yield { kind: "kept", file };
}

const isMeant = ({ name, tags = [] }: TestCase, path: string, options: TestOptions): boolean =>
  (options.filters.length === 0 ||
    options.filters.some((text) => name.includes(text) || path.includes(text))) &&
  (options.tags.length === 0 || options.tags.some((tag) => tags.includes(tag)));

async function runOne(
  { path, line, test }: { path: string; line: number; test: TestCase },
  desk: Desk,
  snapshots: Snapshots,
  { update }: TestOptions,
  { world }: Stage,
  live: LiveAnswers | undefined,
): Promise<TestResult> {
  const begun = world.clock.now();
  const tried = await tryTest(world, { suite: path, line }, test, desk, snapshots, update, live).catch(
    (error: unknown) => {
      if (!(error instanceof EvbError)) throw error;
      const place = `${path}:${line}: test ${test.name}`;
      throw new EvbError(error.code, `${place}: ${error.message}`, error.hints, error);
    },
  );
  return { path, line, name: test.name, ms: world.clock.now() - begun, ...tried };
}
