import type { GlobalOptions } from "./flags.ts";

/** A command line of this program, as a shell reads it. */
export const commandLine = (argv: readonly string[]): string => ["evb", ...argv.map(shellWord)].join(" ");

/** A word that a shell gives on as it is. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The flags that say where AWS or the emulator is, as they were given. */
export const whereFlags = ({ local, profile, region, endpointUrl }: GlobalOptions): string[] => [
  ...(profile === undefined ? [] : ["--profile", profile]),
  ...(region === undefined ? [] : ["--region", region]),
  ...(endpointUrl === undefined ? [] : ["--endpoint-url", endpointUrl]),
  ...(local ? ["--local"] : []),
];
