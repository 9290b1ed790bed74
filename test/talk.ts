import { expect } from "vitest";
import { makeWorld, type Outcome, runIn, type TestWorld, type TestWorldOptions } from "./world.ts";

export const down = "\x1b[B";
export const up = "\x1b[A";
export const enter = "\r";
export const ctrlC = "\x03";

/** What the screen shows, and what is pressed then. */
export type Turn = readonly [words: string, press: string];

/** A person at a terminal: presses keys, each once the screen shows the words before it. */
export async function talk(
  argv: readonly string[],
  turns: readonly Turn[],
  options: TestWorldOptions = {},
): Promise<Outcome> {
  let fault: unknown;
  const keys = async function* () {
    let seen = 0;
    for (const [words, press] of turns) {
      try {
        await expect.poll(() => world.err().slice(seen), { timeout: 5000, interval: 5 }).toContain(words);
      } catch (error) {
        fault = error;
        yield ctrlC;
        return;
      }
      seen = world.err().length;
      // One key at a time, as a person presses them.
      for (const key of press.replaceAll(down, "↓").replaceAll(up, "↑"))
        yield key === "↓" ? down : key === "↑" ? up : key;
    }
  };
  const world: TestWorld = makeWorld(argv, { columns: 250, ...options, tty: true, stdin: keys() });
  const outcome = await runIn(world);
  if (fault !== undefined) throw fault;
  return outcome;
}
