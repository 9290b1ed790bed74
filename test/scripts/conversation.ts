/**
 * A conversation is a text file: what a user types, what comes back.
 *
 *     # a comment
 *     == order.json            a file in the folder where it all happens; ends at the next `==` or `$` line
 *     {"id": 1}
 *     $ evb put order.json     a command for the shell
 *     stdout as it is          `[..]` stands for any text within a line, a line `...` for any lines
 *     ! stderr                 a line of stderr
 *     ? 2                      the exit code, when it is not 0
 */
export interface Turn {
  readonly command: string;
  /** Line number of the command, from 1. */
  readonly line: number;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly exit: number;
}

export interface Conversation {
  readonly files: ReadonlyMap<string, string>;
  readonly turns: readonly Turn[];
}

type Draft = { command: string; line: number; stdout: string[]; stderr: string[]; exit: number };

export function parseConversation(text: string): Conversation {
  const files = new Map<string, string[]>();
  const turns: Draft[] = [];
  let file: string[] | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const turn = turns.at(-1);
    if (line.startsWith("== ")) {
      file = [];
      files.set(line.slice(3).trim(), file);
    } else if (line.startsWith("$ ")) {
      file = undefined;
      turns.push({ command: line.slice(2), line: index + 1, stdout: [], stderr: [], exit: 0 });
    } else if (file) file.push(line);
    else if (line.startsWith("#") || turn === undefined) continue;
    else if (line.startsWith("! ")) turn.stderr.push(line.slice(2));
    else if (line.startsWith("? ")) turn.exit = Number(line.slice(2));
    else turn.stdout.push(line);
  }
  for (const turn of turns) trim(turn.stdout);
  return {
    files: new Map([...files].map(([name, lines]) => [name, `${lines.join("\n").trimEnd()}\n`])),
    turns,
  };
}

/** The first line in which the output is not the expected one, in words; `undefined` when it is. */
export function compareLines(expected: readonly string[], actual: readonly string[]): string | undefined {
  return matchFrom(expected, actual, 0, 0) ? undefined : differ(expected, actual);
}

function matchFrom(expected: readonly string[], actual: readonly string[], e: number, a: number): boolean {
  if (e === expected.length) return a === actual.length;
  if (expected[e] === "...") {
    for (let next = a; next <= actual.length; next++)
      if (matchFrom(expected, actual, e + 1, next)) return true;
    return false;
  }
  return (
    a < actual.length && lineMatches(expected[e]!, actual[a]!) && matchFrom(expected, actual, e + 1, a + 1)
  );
}

function lineMatches(expected: string, actual: string): boolean {
  const parts = expected.split("[..]").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(actual.trimEnd()) || expected === actual;
}

function differ(expected: readonly string[], actual: readonly string[]): string {
  return `expected:\n${expected.map((line) => `  ${line}`).join("\n")}\nactual:\n${actual.map((line) => `  ${line}`).join("\n")}`;
}

function trim(lines: string[]): void {
  while (lines.at(-1) === "") lines.pop();
}

/** The words of an `evb` command that means the same without a shell; `undefined` where one has work to do. */
export function plainWords(command: string): string[] | undefined {
  if (!/^evb( +('[^']*'|"[^"$`\\]*"|[\w./:=@,+-])+)*$/.test(command)) return undefined;
  const words = command.match(/('[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double));
}
