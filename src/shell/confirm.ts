import type { World } from "./world.ts";

/**
 * Asks a person yes or no, no being what Enter means; `undefined` when the question was answered with Ctrl-C.
 * Only for a world whose streams are terminals.
 */
export async function confirm(world: World, question: string): Promise<boolean | undefined> {
  const { confirm: ask } = await import("@inquirer/prompts");
  try {
    return await ask({ message: question, default: false }, { input: world.stdin, output: world.stderr });
  } catch (error) {
    if ((error as Error).name === "ExitPromptError") return undefined;
    throw error;
  }
}
