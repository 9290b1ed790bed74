import type { Place, Unknown } from "../bus.ts";

/** Noncharacters of Unicode, which no file has: between them the number of an unknown travels through any text. */
const [open, close] = ["\uFDD0", "\uFDD1"];
const mark = new RegExp(`${open}(\\d+)${close}`, "g");

interface Known {
  readonly name: string;
  readonly place: Place | undefined;
  /** What stands for it where only who is meant counts, not what it is called: the ARN of a queue without a name. */
  readonly standIn: string | undefined;
}

/** What only the deploy decides. While functions join and cut texts, each stands in them as a mark. */
export class Unknowns {
  readonly #all: Known[] = [];
  readonly #given: ReadonlyMap<string, string>;
  /** Names of given values that were asked for. */
  readonly used = new Set<string>();
  /** Names of all values that could have been given. */
  readonly asked = new Set<string>();

  /** `given`: values by the unknown's name, which is then none. */
  constructor(given: ReadonlyMap<string, string> = new Map()) {
    this.#given = given;
  }

  /** The given value of that name, else a mark. */
  mark(name: string, place?: Place, standIn?: string): string {
    return this.given(name) ?? this.hide(name, place, standIn);
  }

  /** A mark, even where a value is given. */
  hide(name: string, place?: Place, standIn?: string): string {
    let index = this.#all.findIndex((known) => known.name === name && known.standIn === standIn);
    if (index < 0) index = this.#all.push({ name, place, standIn }) - 1;
    return `${open}${index}${close}`;
  }

  given(name: string): string | undefined {
    this.asked.add(name);
    const value = this.#given.get(name);
    if (value !== undefined) this.used.add(name);
    return value;
  }

  /** A text for people and for ARNs: stand-ins where there are any, else `${name}`. Tells what stays unknown. */
  settle(text: string, tell: (unknown: Omit<Unknown, "path">) => void = () => {}): string {
    return text.replace(mark, (_, index) => {
      const known = this.#all[Number(index)]!;
      if (known.standIn !== undefined) return this.settle(known.standIn, tell);
      return this.#spell(known, tell);
    });
  }

  /** A text whose every letter counts, as in a pattern: `${name}`, stand-in or not. */
  spell(text: string, tell: (unknown: Omit<Unknown, "path">) => void): string {
    return text.replace(mark, (_, index) => this.#spell(this.#all[Number(index)]!, tell));
  }

  #spell({ name, place }: Known, tell: (unknown: Omit<Unknown, "path">) => void): string {
    tell({ name, ...(place === undefined ? {} : { place }) });
    return `\${${name}}`;
  }

  /** Pieces of a text cut at a delimiter: those of an unknown are unknown as well. */
  split(text: string, delimiter: string): string[] | undefined {
    if (!isMarked(text)) return text.split(delimiter);
    const whole = /^\uFDD0(\d+)\uFDD1$/.exec(text);
    const known = whole === null ? undefined : this.#all[Number(whole[1])]!;
    if (known === undefined) return text.split(delimiter);
    if (known.standIn === undefined) return undefined;
    const pieces = this.split(known.standIn, delimiter);
    return pieces?.map((piece, index) => this.mark(`${known.name} part ${index}`, known.place, piece));
  }
}

export const isMarked = (text: string): boolean => text.includes(open);
