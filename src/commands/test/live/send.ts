import { putEvents } from "../../../aws/events.ts";
import { fullJitter } from "../../../core/backoff.ts";
import { checkDraft } from "../../../core/event/check.ts";
import { readDraft } from "../../../core/event/draft.ts";
import type { Entry } from "../../../core/event/entry.ts";
import { type Arrivals, type LiveWatch, unmarked } from "../../../core/suite/live.ts";
import { type LiveMessage, liveMark, liveTrace, ownerOf } from "../../../core/suite/live-owner.ts";
import { findValue, normalJson } from "../../../core/transform/index.ts";
import type { World } from "../../../shell/world.ts";
import type { Clients } from "../../temporary.ts";

/** An event of a test, and what the patterns of the deployed bus say will come of it. */
export interface LiveEvent {
  readonly bus: string;
  readonly text: string;
  /** The watches that should get something. */
  readonly awaited: readonly LiveWatch[];
  /** What comes of it may have nothing in it that says so: no other such event is to be under way. */
  readonly isHidden: boolean;
}

/** What came of an event; `fault` says why it could not be put. */
export interface Outcome {
  readonly arrivals: Arrivals;
  readonly fault?: string;
}

export interface Sending {
  readonly clients: Clients;
  readonly world: Pick<World, "clock" | "random">;
  readonly run: string;
  /** Every bus hands on the trace header of an event. Where not, one event at a time is to be sent. */
  readonly isTraced: boolean;
  /** For what should arrive. */
  readonly waitMs: number;
  /** For what should not, after the last that should. */
  readonly settleMs: number;
}

/** An entry that AWS refuses for its rate is put again, as often as a call that is refused as a whole. */
const again = { tries: 5, baseMs: 200, capMs: 5000 };

interface Flight {
  readonly arrivals: Map<LiveWatch, string>;
  wake(): void;
}

/** Puts events, several at a time, and finds out for each message that comes in whose it is. */
export class LiveSender {
  readonly #about: Sending;
  readonly #flights: Flight[] = [];
  /** The event under way whose messages may not say whose they are, by number. */
  #hidden: { readonly number: number; readonly awaited: readonly LiveWatch[] } | undefined;

  constructor(about: Sending) {
    this.#about = about;
  }

  /** What came in at a queue. */
  onMessage(watch: LiveWatch, message: LiveMessage): void {
    const { run, isTraced } = this.#about;
    const owner = ownerOf(message, watch, run, isTraced && this.#hidden?.awaited.includes(watch) !== true);
    const number = owner === "untold" ? this.#hidden?.number : owner;
    const flight = typeof number === "number" ? this.#flights[number] : undefined;
    flight?.arrivals.set(watch, unmarked(message.body, liveMark(run, number as number)));
    flight?.wake();
  }

  async send(event: LiveEvent, stop: AbortSignal): Promise<Outcome> {
    const { clock } = this.#about.world;
    const flight: Flight = { arrivals: new Map(), wake: () => {} };
    const number = this.#flights.push(flight) - 1;
    // Without trace headers one event is under way at a time, and what says nothing is of the latest.
    if (event.isHidden || !this.#about.isTraced) this.#hidden = { number, awaited: event.awaited };
    try {
      const fault = await this.#put(event, number, stop);
      if (fault !== undefined || stop.aborted)
        return { arrivals: flight.arrivals, ...(fault !== undefined && { fault }) };
      await this.#until(flight, event.awaited, stop);
      // What should not come would come about now.
      await clock.sleep(this.#about.settleMs, stop);
      return { arrivals: flight.arrivals };
    } finally {
      if (this.#hidden?.number === number) this.#hidden = undefined;
    }
  }

  /** Why it could not be put. */
  async #put({ text, bus }: LiveEvent, number: number, stop: AbortSignal): Promise<string | undefined> {
    const { run, clients, world } = this.#about;
    const entry = entryOf(text, bus, liveMark(run, number), liveTrace(run, number, world.clock.now()));
    if (typeof entry === "string") return entry;
    for (let attempt = 1; ; attempt++) {
      const [result] = await putEvents(clients.events, [entry], stop).catch(unlessStopped(stop));
      if (stop.aborted || result?.ok === true) return undefined;
      if (result === undefined || result.senderFault || attempt >= again.tries)
        return `PutEvents: ${result?.code}: ${result?.message}`;
      await world.clock.sleep(fullJitter(again, attempt, world.random), stop);
    }
  }

  async #until(flight: Flight, awaited: readonly LiveWatch[], stop: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const cancel = this.#about.world.clock.after(this.#about.waitMs, () => enough.abort());
    const end = AbortSignal.any([stop, enough.signal]);
    try {
      while (!awaited.every((watch) => flight.arrivals.has(watch)) && !end.aborted)
        await new Promise<void>((resolve) => {
          flight.wake = resolve;
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
function entryOf(text: string, bus: string, mark: string, traceHeader: string): Entry | string {
  const event = JSON.parse(text) as Record<string, unknown>;
  if (event["replay-name"] !== undefined) return "only a replay sends events with replay-name";
  const { draft, faults } = readDraft(event);
  const checked = checkDraft(draft);
  if (faults.length > 0 || "faults" in checked)
    return [...faults, ...("faults" in checked ? checked.faults : [])].join("; ");
  const detail = findValue(normalJson(text), [{ key: "detail" }]) ?? "{}";
  const { entry } = checked;
  return { ...entry, bus, detail, resources: [...entry.resources, mark], traceHeader };
}
