import type { View } from "../shell/play.ts";
import type { Screen } from "../shell/screen.ts";
import type { Stage } from "./stage.ts";

/** A verb's story: yields what happens, returns the exit code (of `Exit`, or of a command that it ran). */
export type Run<O, H> = (options: O, stage: Stage) => AsyncGenerator<H, number>;

/** A verb's words: what each happening looks like on this screen. */
export type MakeView<O, H> = (screen: Screen, options: O) => View<H>;

/** What `command.ts` calls with the options it made of argv; tests hand in one that only records them. */
export type Perform<O> = (options: O) => Promise<void>;

/** Both halves of a verb, loaded only when it is the one that was asked for. */
export interface Story<O, H> {
  run(): Promise<Run<O, H>>;
  view(): Promise<MakeView<O, H>>;
}
