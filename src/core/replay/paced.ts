/** A stretch of an archive that is read at once; milliseconds since the epoch. */
export interface Window {
  readonly from: number;
  /** The first moment that is not in it, but for the last window, which ends with it. */
  readonly to: number;
  readonly isLast: boolean;
}

/** What is held in memory of one window; while one is sent the next is read, so twice that. */
export const windowLimits = { events: 50_000, bytes: 32 * 1024 * 1024 } as const;

const minuteMs = 60_000;
/** Events come in bursts, so that a window holds many times what the average says. */
const burst = 5;

/** `10x`, `0.5x` or a bare number; undefined for anything else. */
export function parseSpeed(text: string): number | undefined {
  const speed = /^\d+(?:\.\d+)?x?$/.test(text) ? Number.parseFloat(text) : 0;
  return speed > 0 && speed <= 1e6 ? speed : undefined;
}

/** How long a window may be, from what the archive holds on average. */
export function planWindowMs(
  {
    events,
    bytes,
    createdAt,
  }: { readonly events: number; readonly bytes: number; readonly createdAt: number },
  now: number,
): number {
  const share = Math.max((events * burst) / windowLimits.events, (bytes * burst) / windowLimits.bytes);
  return share <= 1 ? Number.POSITIVE_INFINITY : Math.max(minuteMs, (now - createdAt) / share);
}

/**
 * The window from `from` on. It ends at a whole minute: replays work minute by minute, and an event's time is told to
 * the second only, so that a bound inside a second would say nothing.
 */
export function nextWindow(from: number, end: number, lengthMs: number): Window {
  const rounded = Math.floor((from + lengthMs) / minuteMs) * minuteMs;
  const to = rounded > from ? rounded : (Math.floor(from / minuteMs) + 1) * minuteMs;
  return to < end ? { from, to, isLast: false } : { from, to: end, isLast: true };
}

/** Half of a window that held too much; undefined where it cannot be shorter. */
export function halfOf({ from, to }: Window): number | undefined {
  const half = (to - from) / 2;
  return half < minuteMs ? (to - from > minuteMs ? minuteMs : undefined) : half;
}

/** When each event is due: the gaps between events, divided by the speed, from the first one on. */
export class Schedule {
  readonly #speed: number;
  /** The time of an event, and when it was, or should have been, sent. */
  #anchor: { readonly time: number; readonly at: number } | undefined;
  /** How much later the rest goes than the gaps alone would say. */
  slipMs = 0;

  constructor(speed: number) {
    this.#speed = speed;
  }

  /** When an event of that time is to be sent. One that is late holds up all that follow: gaps never shrink. */
  due(time: number, now: number): number {
    this.#anchor ??= { time, at: now };
    const due = this.#anchor.at + (time - this.#anchor.time) / this.#speed;
    // An event that comes after later ones is sent at once, and moves nothing.
    if (time < this.#anchor.time || due >= now) return Math.max(due, now);
    this.slipMs += now - due;
    this.#anchor = { time, at: now };
    return now;
  }
}

/** Events that are as good as simultaneous at that speed, each group to be sent at once. Takes them in the order of their times. */
export function groupsOf<E extends { readonly time: number }>(events: readonly E[], speed: number): E[][] {
  const groups: E[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    if (group !== undefined && (event.time - group[0]!.time) / speed <= togetherMs) group.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** A call takes about as long. */
const togetherMs = 10;
