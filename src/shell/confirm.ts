import { AskEnded, askYesNo } from "./ask.ts";
import type { World } from "./world.ts";

/**
 * Asks a person yes or no, no being what Enter means; `undefined` when the question was answered with Ctrl-C.
 * Only for a world whose streams are terminals.
 */
export async function confirm(world: World, question: string): Promise<boolean | undefined> {
  try {
    return await askYesNo(world, question);
  } catch (error) {
    if (error instanceof AskEnded) return undefined;
    throw error;
  }
}
