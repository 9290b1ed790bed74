import { EvbError } from "../../core/errors.ts";
import type { TestCase } from "../../core/suite/suite.ts";
import type { Stage } from "../stage.ts";
import type { TestOptions } from "./command.ts";
import type { Desk } from "./desk.ts";
import type { TestHappening, TestResult } from "./happening.ts";
import type { LiveAnswers, LivePut } from "./live/put-all.ts";
import type { OpenedSuite } from "./read.ts";
import { Snapshots } from "./snapshots.ts";
import { type TestPlace, type TriedDesk, tryTest } from "./try.ts";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs the tests of a suite one after another; `live` says what came of those whose events are put. */
export async function* runSuite(
  { path, suite, lineOf }: OpenedSuite,
  desk: Desk,
  options: TestOptions,
  stage: Stage,
  tally: Tally,
  live: LivePut | undefined,
): AsyncGenerator<TestHappening> {
  const snapshots = await Snapshots.open(stage.world, path);
  let isAnnounced = false;
  for (const [i, test] of suite.tests.entries()) {
    const found = isMeant(test, path, options) ? await live?.of(test) : undefined;
    const isLeftOut = live === undefined ? options.bail && tally.failed > 0 : found === undefined;
    if (isLeftOut || !isMeant(test, path, options)) {
      tally.skipped++;
      continue;
    }
    if (!isAnnounced) yield { kind: "suite", path, bus: desk.bus.name };
    isAnnounced = true;
    const result = await runOne({ path, line: lineOf(i), test, desk }, snapshots, options, stage, found);
    tally[result.failures.length === 0 ? "passed" : "failed"]++;
    yield { kind: "test", ...result };
  }
  const file = await snapshots.save(suite.tests.map(({ name }) => name));
  if (file !== undefined) yield { kind: "kept", file };
}

export const isMeant = (
  { name, tags = [] }: TestCase,
  path: string,
  options: Pick<TestOptions, "filters" | "tags">,
): boolean =>
  (options.filters.length === 0 ||
    options.filters.some((text) => name.includes(text) || path.includes(text))) &&
  (options.tags.length === 0 || options.tags.some((tag) => tags.includes(tag)));

export async function runOne(
  { test, desk, ...place }: TestPlace & { readonly test: TestCase; readonly desk: TriedDesk },
  snapshots: Snapshots,
  { update }: Pick<TestOptions, "update">,
  { world }: Pick<Stage, "world">,
  live: LiveAnswers | undefined,
): Promise<TestResult> {
  const { path, line } = place;
  const begun = world.clock.now();
  const tried = await tryTest(world, place, test, desk, snapshots, update, live?.answers).catch(
    (error: unknown) => {
      if (!(error instanceof EvbError)) throw error;
      const where = `${path}:${line}: test ${test.name}`;
      throw new EvbError(error.code, `${where}: ${error.message}`, error.hints, error);
    },
  );
  return { path, line, name: test.name, ms: live?.ms ?? world.clock.now() - begun, ...tried };
}
