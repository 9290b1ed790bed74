import type { Command, Option } from "@commander-js/extra-typings";
import { globalFlags } from "../flags.ts";

/** The verbs by name, each loaded when it is asked for. */
export type Tree = Readonly<Record<string, () => Promise<Command>>>;

/** What is being typed, and where. */
export interface Place {
  readonly current: string;
  /** What stands before it in the same word: `--bus=`. */
  readonly prefix: string;
  /** The verb and its subcommands: `dlq peek`. */
  readonly path: string;
  /** Undefined before a verb is named. */
  readonly command: Command | undefined;
  /** The flag whose value is being typed. */
  readonly flag: Option | undefined;
  /** Which argument it is, from 0. */
  readonly argument: number;
  /** Values of the flags so far, by their long name without dashes. */
  readonly given: ReadonlyMap<string, string>;
}

/** Reads the words as far as it takes to know what comes next. Nothing of it is an error. */
export async function findPlace(words: readonly string[], tree: Tree): Promise<Place> {
  const last = words.at(-1) ?? "";
  const path: string[] = [];
  const given = new Map<string, string>();
  let command: Command | undefined;
  let flag: Option | undefined;
  let argument = 0;
  for (const word of words.slice(0, -1)) {
    // bash breaks --bus=orders into three words.
    if (flag !== undefined && word === "=") continue;
    if (flag !== undefined) {
      given.set(flag.name(), word);
      flag = undefined;
      continue;
    }
    const [name, value] = splitFlag(word);
    const option = word.startsWith("-") ? flagOf(command, name) : undefined;
    if (option !== undefined && (option.isBoolean() || value !== undefined))
      given.set(option.name(), value ?? "");
    else if (option !== undefined) flag = option;
    else if (!word.startsWith("-")) {
      const next = command === undefined ? await tree[word]?.() : childOf(command, word);
      if (next === undefined) argument++;
      else {
        command = next;
        path.push(word);
      }
    }
  }
  const place = { path: path.join(" "), command, argument, given };
  if (flag !== undefined) return { ...place, current: last === "=" ? "" : last, prefix: "", flag };
  const [name, value] = splitFlag(last);
  const option = value === undefined ? undefined : flagOf(command, name);
  if (option === undefined) return { ...place, current: last, prefix: "", flag };
  return { ...place, current: value!, prefix: `${name}=`, flag: option };
}

const flagOf = (command: Command | undefined, name: string): Option | undefined =>
  flagsOf(command).find((one) => one.long === name || one.short === name);

const splitFlag = (word: string): [string, string | undefined] => {
  const end = word.startsWith("--") ? word.indexOf("=") : -1;
  return end < 0 ? [word, undefined] : [word.slice(0, end), word.slice(end + 1)];
};

export const flagsOf = (command: Command | undefined): readonly Option[] =>
  [...(command?.options ?? []), ...globalFlags()] as readonly Option[];

const childOf = (command: Command, name: string): Command | undefined =>
  (command.commands as readonly Command[]).find((child) => child.name() === name);
