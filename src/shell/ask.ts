import { Writable } from "node:stream";
import type { World } from "./world.ts";

/** The person ended the question with Ctrl-C, or closed the terminal. */
export class AskEnded extends Error {
  override readonly name = "AskEnded";
}

/** Asks for a text on stderr, so that stdout stays data. `fault` says why an answer will not do; then it is asked again. */
export async function askText(
  world: World,
  question: string,
  fault: (answer: string) => string | undefined,
): Promise<string> {
  // A large package: loaded when there is something to ask.
  const { input } = await import("@inquirer/prompts");
  try {
    return await input(
      { message: question, validate: (answer) => fault(answer) ?? true },
      { input: world.stdin, output: openOutput(world), clearPromptOnDone: false },
    );
  } catch (error) {
    if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name))
      throw new AskEnded();
    throw error;
  }
}

/** The prompt ends the stream that it is given, and stderr is still needed. */
function openOutput({ stderr }: World): Writable {
  const write = (chunk: Uint8Array, _encoding: string, done: () => void) => void stderr.write(chunk, done);
  return Object.assign(new Writable({ write }), { isTTY: true, columns: stderr.columns ?? 80 });
}
