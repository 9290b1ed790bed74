import type { Clock } from "../../core/clock.ts";
import { renderPath, type Step } from "../../core/event/path.ts";
import { type Given, renderPart, renderVariables } from "../../core/event/template/render.ts";
import { type BadItem, type GoodItem, type Item, type Making, makeItems } from "./items.ts";
import type { OpenScenario, OpenStep } from "./scenario.ts";
import type { Outcome } from "./send.ts";

/** How a scenario learns what became of its events, and waits. */
export interface Flow {
  /**
   * Resolves once it is known what became of every event below this index: to the id that EventBridge gave the last of
   * them, to nothing when one was not published.
   */
  published(end: number): Promise<string | undefined>;
  wait(ms: number): Promise<void>;
}

/** For looking through a scenario before anything is sent. */
export const dryFlow: Flow = {
  published: async () => "00000000-0000-0000-0000-000000000000",
  wait: async () => {},
};

/** Learns from the outcomes that a run tells of, which come in input order. */
export class LiveFlow implements Flow {
  readonly #clock: Clock;
  readonly #over: AbortSignal;
  #known = 0;
  #hasFailed = false;
  #lastId: string | undefined;
  #waiting: { readonly end: number; readonly wake: () => void } | undefined;

  constructor(clock: Clock, over: AbortSignal) {
    this.#clock = clock;
    this.#over = over;
  }

  learn(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      this.#known = outcome.item.index + 1;
      if (outcome.status === "published") this.#lastId = outcome.eventId;
      else this.#hasFailed = true;
    }
    if (this.#waiting !== undefined && this.#known >= this.#waiting.end) this.#waiting.wake();
  }

  async published(end: number): Promise<string | undefined> {
    if (this.#known < end)
      await new Promise<void>((wake) => {
        this.#waiting = { end, wake };
      });
    this.#waiting = undefined;
    return this.#hasFailed ? undefined : this.#lastId;
  }

  wait(ms: number): Promise<void> {
    return this.#clock.sleep(ms, this.#over);
  }
}

/** All events of all passes. A step begins when every event of the one before it has been published. */
export async function* scenarioItems(
  { head, steps }: OpenScenario,
  making: Making,
  flow: Flow,
): AsyncGenerator<Item> {
  const { count, delay = 0 } = making.options;
  let index = 0;
  for (let pass = 0; pass < count; pass++) {
    let known: Given = { ...making.given, ...renderVariables(head, making.given, making.tools(pass)) };
    for (const [at, step] of steps.entries()) {
      if (index > 0) await flow.wait(step.delay ?? delay);
      else if (step.delay !== undefined) await flow.wait(step.delay);
      const vars = renderPart(head, step.vars, known, making.tools(pass)) as Given;
      const given = { ...known, ...vars };
      const start = index;
      let held: GoodItem | undefined;
      let isWhole = true;
      const options = { ...making.options, count: step.count, skip: 0 };
      for await (const item of makeItems([step.input], { ...making, given, options })) {
        if (held !== undefined) yield held;
        held = undefined;
        const place = item.place.startsWith(step.place) ? item.place : `${step.place}: ${item.place}`;
        if ("faults" in item) {
          isWhole = false;
          yield { ...item, index: index++, place };
        } else {
          held = { ...item, index: index++, place };
        }
      }
      if (held !== undefined) yield { ...held, endsBatch: true };
      // What follows would only complain of what is missing.
      if (!isWhole) return;
      const isLast = at === steps.length - 1 && pass === count - 1;
      if (isLast && step.capture.size === 0) return;
      // A folder may hold empty files.
      const id = index === start ? "" : await flow.published(index);
      if (id === undefined) return yield endedBy(step, index);
      const captured = capture(step, held, { count: index - start, id, index });
      if ("faults" in captured) return yield captured;
      known = { ...known, ...captured.values };
    }
  }
}

const endedBy = ({ place }: OpenStep, index: number): BadItem => ({
  index,
  place,
  faults: ["not all of it was published, and what follows builds on it"],
  isOther: true,
});

function capture(
  step: OpenStep,
  item: GoodItem | undefined,
  { count, id, index }: { readonly count: number; readonly id: string; readonly index: number },
): { readonly values: Given } | BadItem {
  const bad = (fault: string): BadItem => ({ index, place: step.place, faults: [fault], isOther: true });
  if (step.capture.size === 0) return { values: {} };
  if (item === undefined || count > 1)
    return bad(`a step that captures makes one event, and this one made ${count}`);
  const { source, detailType, detail, resources, time } = item.entry;
  const event = {
    id,
    source,
    "detail-type": detailType,
    detail: JSON.parse(detail),
    resources,
    ...(time === undefined ? {} : { time: new Date(time).toISOString() }),
  };
  const values: Record<string, unknown> = {};
  for (const [name, path] of step.capture) {
    const value = find(event, path);
    if (value === undefined)
      return bad(`captures ${name} from ${renderPath(path)}, which is not in the event`);
    values[name] = value;
  }
  return { values };
}

function find(value: unknown, path: readonly Step[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<Step, unknown>)[step];
  }
  return here;
}
