import { CommanderError } from "@commander-js/extra-typings";
import { EvbError } from "../core/errors.ts";
import { Exit } from "../core/exit.ts";
import type { World } from "../shell/world.ts";
import { awsFault } from "./aws-fault.ts";

/** The exit code of an error that nobody foresaw (`EX_SOFTWARE` of sysexits). */
const bug = 70;

/** Writes an error as the contract says, one line and its hints, and returns the exit code. */
export function report(world: World, error: unknown): number {
  const known = error instanceof EvbError ? error : awsFault(error);
  const lines = known
    ? words(known)
    : error instanceof CommanderError
      ? usageWords(error, world.argv)
      : bugWords(error);
  if (world.env.EVB_DEBUG === "1") lines.push(String((error as Error)?.stack ?? error));
  world.stderr.write(`${lines.join("\n")}\n`);
  if (known) return known.exit;
  return error instanceof CommanderError ? Exit.badInput : bug;
}

const words = (error: EvbError): string[] => [
  `evb: error: ${error.message}`,
  ...error.hints.map((hint) => `hint: ${hint}`),
];

/** Verbs that only hold others. */
const groups = new Set(["dlq", "rules", "schema", "template", "replay"]);

/** commander's text: `error: unknown option '--foo'`, sometimes with a suggestion on a second line. */
function usageWords(error: CommanderError, argv: readonly string[]): string[] {
  const group = argv.filter((word) => groups.has(word)).slice(0, 1);
  if (error.code === "commander.help")
    return ["evb: error: no command given", `hint: ${["evb", ...group].join(" ")} --help lists them`];
  const [first = "", ...rest] = error.message.split("\n");
  const hints = rest.map((line) => line.replace(/^\((.*)\)$/, "$1")).filter((line) => line !== "");
  return [
    `evb: error: ${first.replace(/^error: /, "").replace(/\.$/, "")}`,
    ...(hints.length > 0 ? hints : ["add --help to see the flags"]).map((hint) => `hint: ${hint}`),
  ];
}

const bugWords = (error: unknown): string[] => [
  `evb: error: unexpected: ${error instanceof Error ? error.message : String(error)}`,
  "hint: this is a bug in evb; EVB_DEBUG=1 shows where it happened",
];
