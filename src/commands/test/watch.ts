import { relative } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { ReadWatch } from "../../shell/read-watch.ts";
import type { Stop } from "../../shell/world.ts";
import type { Stage } from "../stage.ts";
import type { TestHappening } from "./happening.ts";

/** One run of the tests. */
type RunTests = (stage: Stage) => AsyncGenerator<TestHappening, number>;

/**
 * Runs the tests again whenever a suite, or anything that was read for it, has changed, until a signal comes. A mistake in
 * a file is told, and waited for to be mended.
 */
export async function* watchTests(stage: Stage, run: RunTests): AsyncGenerator<TestHappening, number> {
  using signals = stage.world.signals();
  for (;;) {
    const watch = new ReadWatch(stage.world);
    try {
      yield* run(inWorld(stage, watch.world));
      // Snapshots may just have been kept.
      watch.settle();
    } catch (error) {
      if (!(error instanceof EvbError) || watch.files === 0) throw error;
      yield { kind: "mistake", error };
    }
    yield { kind: "waiting", files: watch.files };
    const changed = await watch.change(signals.stop);
    if (changed === undefined) return (signals.stop.reason as Stop).exit;
    yield { kind: "changed", path: relative(stage.world.cwd, changed) };
  }
}

/** As for the world: nothing is asked of the stage by copying it. */
const inWorld = (stage: Stage, world: Stage["world"]): Stage =>
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(stage), world: { enumerable: true, value: world } },
  ) as Stage;
