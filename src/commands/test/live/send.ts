import { putEvents } from "../../../aws/events.ts";
import type { Clock } from "../../../core/clock.ts";
import { checkDraft } from "../../../core/event/check.ts";
import { readDraft } from "../../../core/event/draft.ts";
import type { Entry } from "../../../core/event/entry.ts";
import { type Arrivals, type LiveWatch, liveMark, unmarked } from "../../../core/suite/live.ts";
import { findValue, normalJson } from "../../../core/transform/index.ts";
import type { Clients } from "../../temporary.ts";

/** An event of a test, and what the patterns of the deployed bus say will come of it. */
export interface LiveEvent {
  readonly bus: string;
  readonly text: string;
  /** The watches that should get something. */
  readonly awaited: readonly LiveWatch[];
}

/** What came of an event; `fault` says why it could not be put. */
export interface Outcome {
  readonly arrivals: Arrivals;
  readonly fault?: string;
}

/** Sends one event after the other, so that a body in which nothing is left of its event is known by when it came. */
export class LiveSender {
  readonly #clients: Clients;
  readonly #clock: Clock;
  readonly #run: string;
  readonly #waitMs: number;
  readonly #settleMs: number;
  readonly #found: Map<LiveWatch, string>[] = [];
  #wake = () => {};

  constructor(clients: Clients, clock: Clock, run: string, waitMs: number, settleMs: number) {
    this.#clients = clients;
    this.#clock = clock;
    this.#run = run;
    this.#waitMs = waitMs;
    this.#settleMs = settleMs;
  }

  /** What came in at a queue. */
  onBody(watch: LiveWatch, body: string): void {
    const mark = /evb-test\/(\w+)\/(\d+)/.exec(body);
    // Where others' events come in too, only a whole event says whose it is.
    const isForeign = mark === null ? !watch.isOwn && /"detail-type"/.test(body) : mark[1] !== this.#run;
    if (isForeign || this.#found.length === 0) return;
    const number = mark === null ? this.#found.length - 1 : Number(mark[2]);
    this.#found[number]?.set(watch, unmarked(body, liveMark(this.#run, number)));
    this.#wake();
  }

  async send({ bus, text, awaited }: LiveEvent, stop: AbortSignal): Promise<Outcome> {
    const number = this.#found.push(new Map()) - 1;
    const arrivals = this.#found[number]!;
    const entry = entryOf(text, bus, liveMark(this.#run, number));
    if (typeof entry === "string") return { arrivals, fault: entry };
    const [result] = await putEvents(this.#clients.events, [entry], stop).catch(unlessStopped(stop));
    if (stop.aborted) return { arrivals };
    if (result?.ok !== true) return { arrivals, fault: `PutEvents: ${result?.code}: ${result?.message}` };
    await this.#until(() => awaited.every((watch) => arrivals.has(watch)), stop);
    // What should not come would come about now.
    await this.#clock.sleep(this.#settleMs, stop);
    return { arrivals };
  }

  async #until(isDone: () => boolean, stop: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const cancel = this.#clock.after(this.#waitMs, () => enough.abort());
    const end = AbortSignal.any([stop, enough.signal]);
    try {
      while (!isDone() && !end.aborted)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          end.addEventListener("abort", () => resolve(), { once: true });
        });
    } finally {
      cancel();
    }
  }
}

/** A call that a signal has ended is no error. */
export const unlessStopped =
  (stop: AbortSignal) =>
  (error: unknown): [] => {
    if (stop.aborted) return [];
    throw error;
  };

/** The entry of PutEvents, or why there is none. */
function entryOf(text: string, bus: string, mark: string): Entry | string {
  const event = JSON.parse(text) as Record<string, unknown>;
  if (event["replay-name"] !== undefined) return "only a replay sends events with replay-name";
  const { draft, faults } = readDraft(event);
  const checked = checkDraft(draft);
  if (faults.length > 0 || "faults" in checked)
    return [...faults, ...("faults" in checked ? checked.faults : [])].join("; ");
  const detail = findValue(normalJson(text), [{ key: "detail" }]) ?? "{}";
  const { entry } = checked;
  return { ...entry, bus, detail, resources: [...entry.resources, mark] };
}
