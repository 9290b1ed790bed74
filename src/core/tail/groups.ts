import type { Step } from "../event/path.ts";
import type { Delivered } from "./body.ts";
import { parseSelect, select } from "./select.ts";

/** One thing to group by: the watched rule, or what stands at a path. */
export interface GroupField {
  /** As it was given. */
  readonly name: string;
  /** `undefined` for `rule`. */
  readonly path: readonly Step[] | undefined;
}

export interface Group {
  /** One value a field, in the fields' order; `undefined` where the event has none. */
  readonly values: readonly unknown[];
  readonly count: number;
  /** When the first and the last came, in milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
}

/** Reads `source,detail-type,detail.state`; gives a sentence when it is broken. */
export function parseGroupBy(text: string): readonly GroupField[] | string {
  const fields: GroupField[] = [];
  for (const name of text.split(",").map((part) => part.trim())) {
    const path = name === "rule" ? undefined : parseSelect(name);
    if (typeof path === "string") return path;
    fields.push({ name, path });
  }
  return fields;
}

/** So many groups are told apart; the rest is counted together, so that memory stays flat. */
export const groupRoom = 10_000;

/** Counts events; remembers none of them. */
export class Groups {
  readonly fields: readonly GroupField[];
  readonly #groups = new Map<string, { -readonly [K in keyof Group]: Group[K] }>();
  /** Events of groups that there was no room for. */
  others = 0;

  constructor(fields: readonly GroupField[]) {
    this.fields = fields;
  }

  add(delivered: Delivered, at: number): void {
    const values = this.fields.map(({ path }) =>
      path === undefined ? delivered.mark : select(delivered.value, path),
    );
    const key = JSON.stringify(values.map((value) => (value === undefined ? [] : [value])));
    const known = this.#groups.get(key);
    if (known !== undefined) {
      known.count++;
      known.last = at;
    } else if (this.#groups.size < groupRoom)
      this.#groups.set(key, { values, count: 1, first: at, last: at });
    else this.others++;
  }

  /** The largest first. */
  list(): readonly Group[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }
}

/** A value in a cell: a text without its quotes, `-` where there is none. */
export const renderGroupValue = (value: unknown): string =>
  value === undefined ? "-" : typeof value === "string" ? value : JSON.stringify(value);
