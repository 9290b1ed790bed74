import { EvbError } from "../../core/errors.ts";
import { confirm } from "../../shell/confirm.ts";
import type { Stage } from "../stage.ts";

/** Before anything is done: somebody must be there to answer, or the answer must have been given. */
export function demandAnswer({ global, mayAsk }: Stage, what: string): void {
  if (!global.yes && !mayAsk)
    throw new EvbError("NEEDS_ANSWER", `${what} asks before it begins, and nobody is there to answer`, [
      "--yes answers the question",
    ]);
}

/** Asks, unless `--yes` has answered; undefined when the answer was Ctrl-C. */
export const confirmed = async ({ global, world }: Stage, question: string): Promise<boolean | undefined> =>
  global.yes === true || (await confirm(world, question));
