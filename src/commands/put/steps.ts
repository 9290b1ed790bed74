import type { Clock } from "../../core/clock.ts";
import { renderPath, type Step } from "../../core/event/path.ts";
import { type Given, renderPart, renderVariables } from "../../core/event/template/render.ts";
import { type BadItem, type GoodItem, type Item, type Making, makeItems } from "./items.ts";
import type { OpenScenario, OpenStep } from "./scenario.ts";
import type { Outcome } from "./send.ts";

/** How a scenario learns what became of its events, and waits. */
export interface Flow {
  /** The id that EventBridge gave the event of this index; none when it was not published. */
  idOf(index: number): Promise<string | undefined>;
  wait(ms: number): Promise<void>;
}

/** For looking through a scenario before anything is sent. */
export const dryFlow: Flow = {
  idOf: async () => "00000000-0000-0000-0000-000000000000",
  wait: async () => {},
};

/** Learns from the outcomes that a run tells of. */
export class LiveFlow implements Flow {
  readonly #clock: Clock;
  readonly #over: AbortSignal;
  readonly #ids = new Map<number, string | undefined>();
  readonly #waiting = new Map<number, (id: string | undefined) => void>();

  constructor(clock: Clock, over: AbortSignal) {
    this.#clock = clock;
    this.#over = over;
  }

  learn(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const { index } = outcome.item;
      const id = outcome.status === "published" ? outcome.eventId : undefined;
      this.#ids.set(index, id);
      this.#waiting.get(index)?.(id);
    }
  }

  async idOf(index: number): Promise<string | undefined> {
    const known = this.#ids.has(index)
      ? this.#ids.get(index)
      : await new Promise<string | undefined>((resolve) => {
          this.#waiting.set(index, resolve);
        });
    // Each is asked for once.
    this.#ids.delete(index);
    this.#waiting.delete(index);
    return known;
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
      const sent: GoodItem[] = [];
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
          sent.push(held);
        }
      }
      if (held !== undefined) yield { ...held, endsBatch: true };
      // What follows would only complain of what is missing.
      if (!isWhole) return;
      const isLast = at === steps.length - 1 && pass === count - 1;
      if (isLast && step.capture.size === 0) return;
      const ids: (string | undefined)[] = [];
      for (const item of sent) ids.push(await flow.idOf(item.index));
      if (ids.includes(undefined)) return yield endedBy(step, index);
      const captured = capture(step, sent, ids as string[], index);
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
  sent: readonly GoodItem[],
  ids: readonly string[],
  index: number,
): { readonly values: Given } | BadItem {
  const bad = (fault: string): BadItem => ({ index, place: step.place, faults: [fault], isOther: true });
  if (step.capture.size === 0) return { values: {} };
  const [item] = sent;
  if (item === undefined || sent.length > 1)
    return bad(`a step that captures makes one event, and this one made ${sent.length}`);
  const { source, detailType, detail, resources, time } = item.entry;
  const event = {
    id: ids[0],
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
