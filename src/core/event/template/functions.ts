import { TemplateError } from "json-e/src/error.js";
import type { Random } from "../../clock.ts";
import { makeHex, makeUlid, makeUuid } from "../ids.ts";
import { shiftTime } from "./offset.ts";

/** Makes a fake value: `fake("person.fullName")`. Throws an `Error` whose message says what is unknown. */
export type Fake = (name: string, options: readonly unknown[]) => unknown;

/** What the rendering of one event may draw on; nothing else varies. */
export interface Tools {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly random: Random;
  /** Counts the renderings of a run from 0. */
  readonly index: number;
  /** Needed only by templates that call `fake`. */
  readonly fake?: Fake | undefined;
}

/** The names that every template can use beside json-e's own. Everything is a function but `now` and `index`. */
export function templateNames({ now, random, index, fake }: Tools): Record<string, unknown> {
  const time = (offset?: unknown, from?: unknown) => shiftTime(offset, from, now, fault);
  return {
    now: new Date(now).toISOString(),
    index,
    uuid: () => makeUuid(random),
    ulid: () => makeUlid(now, random),
    hex: (digits: unknown = 8) => makeHex(whole("hex", digits, 1, 1024), random),
    fromNow: (offset?: unknown, from?: unknown) => new Date(time(offset, from)).toISOString(),
    date: (offset?: unknown, from?: unknown) => new Date(time(offset, from)).toISOString().slice(0, 10),
    epoch: (offset?: unknown, from?: unknown) => Math.floor(time(offset, from) / 1000),
    epochMs: (offset?: unknown, from?: unknown) => time(offset, from),
    randomInt: (least: unknown, most: unknown) => randomInt(least, most, random),
    randomNumber: (least: unknown, most: unknown, digits: unknown = 2) => {
      const [from, to] = range("randomNumber", least, most);
      return rounded(from + random() * (to - from), whole("randomNumber", digits, 0, 15));
    },
    round: (value: unknown, digits: unknown = 0) =>
      rounded(number("round", value), whole("round", digits, 0, 15)),
    pick: (...choices: unknown[]) => pick(choices, random),
    chance: (probability: unknown) => random() < number("chance", probability),
    fake: (name: unknown, ...options: unknown[]) => {
      if (typeof name !== "string") return fault('fake wants a name such as fake("person.fullName")');
      if (fake === undefined) return fault("no fake values are at hand");
      try {
        return fake(name, options);
      } catch (error) {
        return fault((error as Error).message);
      }
    },
  };
}

/** json-e's own functions; listed for "did you mean". */
export const builtinNames = [
  "max",
  "min",
  "sqrt",
  "ceil",
  "floor",
  "abs",
  "range",
  "lowercase",
  "uppercase",
  "str",
  "number",
  "len",
  "strip",
  "rstrip",
  "lstrip",
  "split",
  "join",
  "typeof",
  "defined",
] as const;

/** An error of json-e's class, so that it is given its place. */
function fault(sentence: string): never {
  throw new TemplateError(sentence);
}

function number(called: string, value: unknown): number {
  return typeof value === "number"
    ? value
    : fault(`${called} wants a number, found ${JSON.stringify(value)}`);
}

function whole(called: string, value: unknown, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  return fault(`${called} wants a whole number from ${least} to ${most}, found ${JSON.stringify(value)}`);
}

function range(called: string, least: unknown, most: unknown): readonly [number, number] {
  const from = number(called, least);
  const to = number(called, most);
  return from <= to ? [from, to] : fault(`${called} wants the smaller number first, found ${from} and ${to}`);
}

function randomInt(least: unknown, most: unknown, random: Random): number {
  const [from, to] = range("randomInt", least, most);
  if (!Number.isInteger(from) || !Number.isInteger(to)) return fault("randomInt wants whole numbers");
  return from + Math.floor(random() * (to - from + 1));
}

/** One of its arguments, or of the one list that is its argument. */
function pick(choices: readonly unknown[], random: Random): unknown {
  const [first] = choices;
  const list = choices.length === 1 && Array.isArray(first) ? (first as readonly unknown[]) : choices;
  return list.length > 0
    ? list[Math.floor(random() * list.length)]
    : fault("pick wants something to choose from");
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
