import type { DeadLetter } from "./letter.ts";

/** What dead letters can be grouped by. */
export const groupFields = ["error-code", "rule", "target", "source", "detail-type", "kind"] as const;
export type GroupField = (typeof groupFields)[number];

const readers: Readonly<Record<GroupField, (letter: DeadLetter) => string | undefined>> = {
  "error-code": (letter) => letter.errorCode,
  rule: (letter) => letter.ruleArn,
  target: (letter) => letter.targetArn,
  source: (letter) => letter.event?.source,
  "detail-type": (letter) => letter.event?.detailType,
  kind: (letter) => letter.kind,
};

export interface Group {
  /** One value a field, in the fields' order; undefined where the messages have none. */
  readonly values: readonly (string | undefined)[];
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
  /** One message of the group, to look at. */
  readonly sample: string;
  /** Messages a minute, by minutes since the epoch. */
  readonly minutes: ReadonlyMap<number, number>;
}

/** Counts messages into groups; remembers no message. */
export class Grouping {
  readonly fields: readonly GroupField[];
  readonly #groups = new Map<string, Counted>();

  constructor(fields: readonly GroupField[]) {
    this.fields = fields;
  }

  add(letter: DeadLetter): void {
    const values = this.fields.map((field) => readers[field](letter));
    const key = JSON.stringify(values);
    const group = this.#groups.get(key) ?? start(values, letter);
    this.#groups.set(key, group);
    group.count++;
    const at = letter.sentAt;
    if (at === undefined) return;
    group.oldest = Math.min(group.oldest ?? at, at);
    group.newest = Math.max(group.newest ?? at, at);
    const minute = Math.floor(at / 60e3);
    group.minutes.set(minute, (group.minutes.get(minute) ?? 0) + 1);
  }

  /** The largest first. */
  groups(): readonly Group[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }
}

interface Counted {
  values: readonly (string | undefined)[];
  count: number;
  oldest: number | undefined;
  newest: number | undefined;
  sample: string;
  minutes: Map<number, number>;
}

const start = (values: readonly (string | undefined)[], letter: DeadLetter): Counted => ({
  values,
  count: 0,
  oldest: undefined,
  newest: undefined,
  sample: letter.messageId,
  minutes: new Map(),
});

const bars = "▁▂▃▄▅▆▇█";

/** A group's messages over the time between `from` and `to`, as `width` bars; a blank where there was none. */
export function renderSparkline(group: Group, from: number, to: number, width: number): string {
  const counts = new Array<number>(width).fill(0);
  const span = Math.max(1, Math.floor(to / 60e3) - Math.floor(from / 60e3) + 1);
  for (const [minute, count] of group.minutes) {
    const at = Math.floor(((minute - Math.floor(from / 60e3)) / span) * width);
    if (at >= 0 && at < width) counts[at]! += count;
  }
  const most = Math.max(...counts, 1);
  return counts
    .map((count) => (count === 0 ? " " : bars[Math.ceil((count / most) * bars.length) - 1]))
    .join("");
}
