import { commandLine, whereFlags } from "../../command-line.ts";
import type { GlobalOptions } from "../../flags.ts";
import type { FilterOptions } from "../flags.ts";
import { defaults, type RedriveOptions } from "../redrive/command.ts";

/** The redrive of what passes the filters, as `evb dlq redrive` does it when nothing else is said. */
export const redriveOptionsOf = (queue: string, filters: FilterOptions): RedriveOptions => ({
  ...defaults,
  queue,
  filters,
  dryRun: false,
  native: false,
});

/** The command line that does the same. */
export function redriveCommandLine(global: GlobalOptions, queue: string, filters: FilterOptions): string {
  return commandLine(["dlq", "redrive", queue, ...words(filters), ...whereFlags(global)]);
}

const words = (flags: object): string[] =>
  Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().flatMap((one) => [kebab(name), text(name, one)]),
  );

const kebab = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const text = (name: string, value: unknown): string =>
  name === "olderThan" ? `${Math.round(Number(value) / 1000)}s` : String(value);
