import type { Clock } from "../../../core/clock.ts";
import type { BusAnswer } from "../../../core/route/route.ts";
import { type LiveWatch, liveAnswer } from "../../../core/suite/live.ts";
import type { TestCase } from "../../../core/suite/suite.ts";
import { inOrder } from "../../ordered.ts";
import { type LivePlan, type LiveTest, planLiveEvent } from "./plan.ts";
import type { LiveEvent, LiveSender, Outcome } from "./send.ts";

/** What came of an event, or why it could not be put. */
export type LiveAnswer = BusAnswer | { readonly fault: string };

/** What came of the events of a test. */
export interface LiveAnswers {
  readonly answers: readonly LiveAnswer[];
  /** From the first event to the last answer. */
  readonly ms: number;
}

/** Says whether a test has failed by what came of its events. */
export type HasFailed = (test: LiveTest, found: LiveAnswers) => Promise<boolean>;

export interface Putting {
  readonly watches: readonly LiveWatch[];
  readonly sender: LiveSender;
  readonly clock: Clock;
  /** Events under way at a time. */
  readonly concurrency: number;
  /** No test is begun after one that has failed by this. */
  readonly hasFailed: HasFailed | undefined;
  /** Ends what is under way. */
  readonly end: AbortSignal;
  onError(error: unknown): void;
}

interface Progress extends LivePlan {
  readonly found: (LiveAnswer | undefined)[];
  begun: number | undefined;
  ms: number;
}

/** Puts the events of all tests, some at a time, in the order in which they stand; answers are asked for in that order too. */
export class LivePut {
  readonly #about: Putting;
  readonly #tests: ReadonlyMap<TestCase, Progress>;
  readonly #results: AsyncGenerator<undefined, unknown>;
  #isOver = false;
  /** Resolves when no event is under way that may hide whose messages are. */
  #turn: Promise<void> = Promise.resolve();

  constructor(plans: readonly LivePlan[], about: Putting) {
    this.#about = about;
    this.#tests = new Map(
      plans.map((plan) => [
        plan.test,
        { ...plan, found: plan.events.map(() => undefined), begun: undefined, ms: 0 },
      ]),
    );
    this.#results = inOrder(eventsOf(this.#tests.values()), (item) => this.#work(item), {
      concurrency: about.concurrency,
      window: Number.POSITIVE_INFINITY,
    });
  }

  /** What came of the next test, which this has to be; `undefined` when it was not begun, or not ended. */
  async of(test: TestCase): Promise<LiveAnswers | undefined> {
    const progress = this.#tests.get(test)!;
    for (const _ of progress.events) await this.#results.next();
    return answersOf(progress);
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    await this.#results.return(undefined);
  }

  async #work({ progress, index }: Item): Promise<undefined> {
    const event = planLiveEvent(progress, index, this.#about.watches);
    try {
      await (event.isHidden
        ? this.#inTurn(() => this.#put(progress, index, event))
        : this.#put(progress, index, event));
    } catch (error) {
      this.#about.onError(error);
    }
  }

  async #put(progress: Progress, index: number, event: LiveEvent): Promise<void> {
    const { sender, clock, end, hasFailed } = this.#about;
    if (end.aborted || (this.#isOver && progress.begun === undefined)) return;
    progress.begun ??= clock.now();
    const outcome = await sender.send(event, end);
    if (end.aborted) return;
    progress.found[index] = answerOf(progress, outcome);
    progress.ms = clock.now() - progress.begun;
    const answers = answersOf(progress);
    if (answers !== undefined && (await hasFailed?.(progress, answers)) === true) this.#isOver = true;
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => {});
    await done;
  }
}

interface Item {
  readonly progress: Progress;
  readonly index: number;
}

async function* eventsOf(tests: Iterable<Progress>): AsyncGenerator<Item, undefined> {
  for (const progress of tests) for (const index of progress.events.keys()) yield { progress, index };
}

const answerOf = ({ desk }: LiveTest, { fault, arrivals }: Outcome): LiveAnswer =>
  fault === undefined ? liveAnswer(desk.bus, desk.buses, arrivals) : { fault };

function answersOf({ found, ms }: Progress): LiveAnswers | undefined {
  const answers = found.filter((answer) => answer !== undefined);
  return answers.length === found.length ? { answers, ms } : undefined;
}
