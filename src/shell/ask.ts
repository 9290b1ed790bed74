import { Writable } from "node:stream";
import type { World } from "./world.ts";

/** The person ended the question with Ctrl-C, or closed the terminal. */
export class AskEnded extends Error {
  override readonly name = "AskEnded";
}

/**
 * Asks for a text on stderr, so that stdout stays data. `fault` says why an answer will not do; then it is asked again.
 * Enter alone takes the preset, Tab makes it one that can be edited.
 */
export async function askText(
  world: World,
  question: string,
  fault: (answer: string) => string | undefined,
  preset?: string,
): Promise<string> {
  // A large package: loaded when there is something to ask.
  const { input } = await import("@inquirer/prompts");
  const validate = (answer: string) => fault(answer) ?? true;
  return await orEnded(() =>
    input(
      { message: question, validate, ...(preset !== undefined && { default: preset }) },
      { ...streamsOf(world), clearPromptOnDone: false },
    ),
  );
}

/** Something that a person may pick. */
export interface Choice<T> {
  readonly name: string;
  readonly value: T;
  /** What stands there once it has been picked, in place of the name. */
  readonly short?: string;
}

/** Lets a person pick one of several, the first being what Enter means. */
export async function askChoice<T>(
  world: World,
  question: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const { select } = await import("@inquirer/prompts");
  // Behind the cursor; a line that wraps is hard to walk through.
  const width = Math.max(20, (world.stderr.columns ?? 80) - 4);
  const fitting = choices.map((choice) => ({ ...choice, name: cut(choice.name, width) }));
  return await orEnded(() =>
    select<T>({ message: question, choices: fitting, pageSize: 12 }, streamsOf(world)),
  );
}

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

/** Asks a person yes or no, no being what Enter means. Only for a world whose streams are terminals. */
export async function askYesNo(world: World, question: string): Promise<boolean> {
  const { confirm } = await import("@inquirer/prompts");
  return await orEnded(() => confirm({ message: question, default: false }, streamsOf(world)));
}

async function orEnded<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name))
      throw new AskEnded();
    throw error;
  }
}

const streamsOf = (world: World) => ({ input: world.stdin, output: openOutput(world) });

/**
 * The prompt ends the stream that it is given, and stderr is still needed. Nothing is held back: what is written to
 * stderr after the answer must not overtake the prompt's last line end.
 */
function openOutput({ stderr }: World): Writable {
  const write = (chunk: Uint8Array, _encoding: string, done: () => void) => {
    stderr.write(chunk);
    done();
  };
  return Object.assign(new Writable({ write }), { isTTY: true, columns: stderr.columns ?? 80 });
}
