import type { Clock } from "../core/clock.ts";
import { compilePattern } from "../core/pattern/index.ts";
import type { DeliveryRecord } from "../local/eventbridge/delivery/record.ts";
import { type Sighting, sightingOfDelivery, sightingOfEvent } from "./sighting.ts";

/** Which sightings are meant: all that is given must hold. */
export interface SightingFilter {
  readonly outcome?: Sighting["outcome"] | undefined;
  /** Names. */
  readonly bus?: string | undefined;
  readonly rule?: string | undefined;
  /** The target's id. */
  readonly target?: string | undefined;
  /** An event pattern that the event matches. */
  readonly pattern?: string | object | undefined;
}

export interface WaitOptions {
  /** How long to wait, in milliseconds of the machine's clock. Default 5,000. */
  readonly timeoutMs?: number | undefined;
}

/** What the emulator saw of events since it started, or since `clear` or the emulator's `reset`. */
export interface Spy {
  /**
   * Resolves to the first sighting that the filter takes, of those seen already and those to come. Rejects with
   * `NotSeenError`, which says what was seen instead, when there is none in time or the emulator is closed.
   */
  waitFor(
    filter: SightingFilter | ((sighting: Sighting) => boolean),
    options?: WaitOptions,
  ): Promise<Sighting>;
  /** What was seen so far, oldest first; the last 10,000. */
  seen(filter?: SightingFilter | ((sighting: Sighting) => boolean)): readonly Sighting[];
  clear(): void;
}

/** What was waited for was not seen. */
export class NotSeenError extends Error {
  override readonly name = "NotSeenError";
}

/** The side of the spy that the emulator talks to. */
export interface OpenSpy extends Spy {
  readonly onEvent: (event: string, bus: string) => void;
  readonly onDelivery: (record: DeliveryRecord, event: string) => void;
  /** Whoever still waits is told that nothing more will come. */
  close(): void;
}

type Test = (sighting: Sighting) => boolean;
interface Waiting {
  readonly test: Test;
  readonly found: (sighting: Sighting) => void;
  readonly fail: (error: unknown) => void;
  /** It was not seen in time. */
  readonly missed: (when: string) => void;
}

const kept = 10_000;

/** `emulated` is the emulator's clock, which dates what is seen; `machine` is the one by which people wait. */
export function openSpy(emulated: Clock, machine: Clock): OpenSpy {
  let sightings: Sighting[] = [];
  const waiting = new Set<Waiting>();

  const see = (sighting: Sighting): void => {
    sightings.push(sighting);
    // Cut rarely, so that a sighting costs the same however many there are.
    if (sightings.length >= 2 * kept) sightings = sightings.slice(-kept);
    for (const one of waiting)
      try {
        if (one.test(sighting)) one.found(sighting);
      } catch (error) {
        // The filter is the waiting test's own, and so is its fault: the delivery goes on.
        one.fail(error);
      }
  };

  return {
    onEvent: (event, bus) => see(sightingOfEvent(event, bus, emulated.now())),
    onDelivery: (record, event) => see(sightingOfDelivery(record, event)),
    async waitFor(filter, { timeoutMs = 5000 } = {}) {
      const test = testOf(filter);
      const before = sightings.find(test);
      if (before !== undefined) return before;
      return new Promise<Sighting>((resolve, reject) => {
        const end = () => {
          cancel();
          waiting.delete(one);
        };
        const one: Waiting = {
          test,
          found(sighting) {
            end();
            resolve(sighting);
          },
          fail(error) {
            end();
            reject(error);
          },
          missed(when) {
            one.fail(new NotSeenError(`not seen ${when}: ${renderFilter(filter)}${renderSeen(sightings)}`));
          },
        };
        const cancel = machine.after(timeoutMs, () => one.missed(`within ${timeoutMs} ms`));
        waiting.add(one);
      });
    },
    seen: (filter = {}) => sightings.slice(-kept).filter(testOf(filter)),
    clear() {
      sightings = [];
    },
    close() {
      for (const one of waiting) one.missed("before the emulator was closed");
    },
  };
}

function testOf(filter: SightingFilter | Test): Test {
  if (typeof filter === "function") return filter;
  const { pattern, ...fields } = filter;
  const compiled = pattern === undefined ? undefined : compilePattern(pattern);
  const wanted = Object.entries(fields).filter(([, value]) => value !== undefined);
  return (sighting) =>
    wanted.every(([name, value]) => sighting[name as keyof typeof fields] === value) &&
    (compiled === undefined || compiled.matches(sighting.event));
}

const renderFilter = (filter: SightingFilter | Test): string =>
  typeof filter === "function" ? "anything that the filter takes" : JSON.stringify(filter);

/** The last few, which mostly say what went another way. */
function renderSeen(sightings: readonly Sighting[]): string {
  if (sightings.length === 0) return "; no bus has taken any event";
  const lines = sightings.slice(-10).map(({ outcome, event, bus, rule, target, errorCode }) => {
    const where = rule === undefined ? `on ${bus}` : `by rule ${rule} on ${bus} to target ${target}`;
    return `\n  ${outcome}: ${event.source} "${event["detail-type"]}" ${where}${errorCode === undefined ? "" : `, ${errorCode}`}`;
  });
  return `; seen last:${lines.join("")}`;
}
