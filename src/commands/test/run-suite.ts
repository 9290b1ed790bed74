import type { Clock } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
import type { TestCase } from "../../core/suite/suite.ts";
import type { World } from "../../shell/world.ts";
import { inOrder } from "../ordered.ts";
import type { Stage } from "../stage.ts";
import type { TestOptions } from "./command.ts";
import type { Desk } from "./desk.ts";
import { openEvents, type SuiteEvent } from "./events.ts";
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

/** Events of so many tests are read ahead: most of what a test takes is waiting for files. */
const ahead = { concurrency: 8, window: 8 };

/** Runs the tests of a suite one after another; `live` says what came of those whose events are put. */
export async function* runSuite(
  { path, suite, lineOf }: OpenedSuite,
  desk: Desk,
  options: TestOptions,
  stage: Stage,
  tally: Tally,
  live: LivePut | undefined,
): AsyncGenerator<TestHappening> {
  const { world } = stage;
  const snapshots = await Snapshots.open(world, path);
  const meant = [...suite.tests.entries()]
    .filter(([, test]) => isMeant(test, path, options))
    .map(([i, test]) => ({ path, line: lineOf(i), test }));
  tally.skipped += suite.tests.length - meant.length;
  let isAnnounced = false;
  let told = 0;
  const isOver = () => live === undefined && options.bail && tally.failed > 0;
  for await (const placed of inOrder(each(isOver() ? [] : meant), (test) => openPlaced(world, test), ahead)) {
    told++;
    const found = await live?.of(placed.test);
    if (live !== undefined && found === undefined) {
      tally.skipped++;
      continue;
    }
    if (!isAnnounced) yield { kind: "suite", path, bus: desk.bus.name };
    isAnnounced = true;
    const result = runOne(placed, desk, snapshots, options, world.clock, found);
    tally[result.failures.length === 0 ? "passed" : "failed"]++;
    yield { kind: "test", ...result };
    if (isOver()) break;
  }
  tally.skipped += meant.length - told;
  const file = await snapshots.save(suite.tests.map(({ name }) => name));
  if (file !== undefined) yield { kind: "kept", file };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T, undefined> {
  yield* items;
}

export const isMeant = (
  { name, tags = [] }: TestCase,
  path: string,
  options: Pick<TestOptions, "filters" | "tags">,
): boolean =>
  (options.filters.length === 0 ||
    options.filters.some((text) => name.includes(text) || path.includes(text))) &&
  (options.tags.length === 0 || options.tags.some((tag) => tags.includes(tag)));

/** A test, where it stands, and its events. */
export interface PlacedTest extends TestPlace {
  readonly test: TestCase;
  readonly events: readonly SuiteEvent[];
}

export const openPlaced = async (world: World, placed: Omit<PlacedTest, "events">): Promise<PlacedTest> => ({
  ...placed,
  events: await openEvents(world, placed.path, placed.test).catch((error) => {
    throw atTest(placed, error);
  }),
});

export function runOne(
  placed: PlacedTest,
  desk: TriedDesk,
  snapshots: Snapshots,
  { update }: Pick<TestOptions, "update">,
  clock: Clock,
  live: LiveAnswers | undefined,
): TestResult {
  const { path, line, test, events } = placed;
  const begun = clock.now();
  try {
    const tried = tryTest(placed, test, events, desk, snapshots, update, live?.answers);
    return { path, line, name: test.name, ms: live?.ms ?? clock.now() - begun, ...tried };
  } catch (error) {
    throw atTest(placed, error);
  }
}

/** The same mistake with the place of the test whose it is. */
const atTest = ({ path, line, test }: Omit<PlacedTest, "events">, error: unknown): unknown =>
  error instanceof EvbError
    ? new EvbError(error.code, `${path}:${line}: test ${test.name}: ${error.message}`, error.hints, error)
    : error;
