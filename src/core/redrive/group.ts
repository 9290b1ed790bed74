import { parsePath, type Step } from "../event/path.ts";
import type { DeadLetter } from "./letter.ts";

/** What dead letters can be grouped by, beside any path into their events. */
export const groupNames = ["error-code", "rule", "target", "source", "detail-type", "kind"] as const;
export type GroupName = (typeof groupNames)[number];

/** One thing to group by: a name, or a path such as `detail.customer.tier`. */
export interface GroupField {
  /** As it was given. */
  readonly name: GroupName | (string & {});
  readonly path?: readonly Step[];
}

/** Reads one field of `--group-by`; gives the sentence that says what is wrong with it. */
export function parseGroupField(text: string): GroupField | string {
  if (isGroupName(text)) return { name: text };
  const path = parsePath(text);
  if (typeof path === "string") return path;
  if (path.length < 2 && !envelope.includes(text))
    return `${JSON.stringify(text)} is none of ${groupNames.join(", ")}, and no path such as detail.customer.tier`;
  return { name: text, path };
}

export const isGroupName = (text: string): text is GroupName => groupNames.includes(text as GroupName);

const envelope = ["account", "detail", "id", "region", "resources", "time", "version"];

const readers: Readonly<Record<GroupName, (letter: DeadLetter) => string | undefined>> = {
  "error-code": (letter) => letter.errorCode,
  rule: (letter) => letter.ruleArn,
  target: (letter) => letter.targetArn,
  source: (letter) => letter.event?.source,
  "detail-type": (letter) => letter.event?.detailType,
  kind: (letter) => letter.kind,
};

export interface Group {
  /** One value a field, in the fields' order, as JSON has it; undefined where the messages have none. */
  readonly values: readonly unknown[];
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

  /** Returns the group that it belongs to. */
  add(letter: DeadLetter): Group {
    const values = this.#valuesOf(letter);
    const key = JSON.stringify(values.map((value) => (value === undefined ? [] : [value])));
    const group = this.#groups.get(key) ?? start(values, letter);
    this.#groups.set(key, group);
    group.count++;
    const at = letter.sentAt;
    if (at === undefined) return group;
    group.oldest = Math.min(group.oldest ?? at, at);
    group.newest = Math.max(group.newest ?? at, at);
    const minute = Math.floor(at / 60e3);
    group.minutes.set(minute, (group.minutes.get(minute) ?? 0) + 1);
    return group;
  }

  /** The largest first. */
  groups(): readonly Group[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }

  #valuesOf(letter: DeadLetter): unknown[] {
    const event = this.fields.some(({ path }) => path !== undefined)
      ? parseObject(letter.payload)
      : undefined;
    return this.fields.map(({ name, path }) =>
      path === undefined ? readers[name as GroupName](letter) : valueAt(event, path),
    );
  }
}

function parseObject(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key does not lead into an array: then the array itself is the value, as a pattern would look into its elements. */
function valueAt(value: unknown, path: readonly Step[]): unknown {
  let at = value;
  for (const step of path) {
    if (Array.isArray(at) && typeof step === "string") return at;
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<Step, unknown>)[step];
  }
  return at;
}

interface Counted {
  values: readonly unknown[];
  count: number;
  oldest: number | undefined;
  newest: number | undefined;
  sample: string;
  minutes: Map<number, number>;
}

const start = (values: readonly unknown[], letter: DeadLetter): Counted => ({
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
