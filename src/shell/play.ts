import { once } from "node:events";
import { openProgress } from "./progress.ts";
import type { Screen } from "./screen.ts";
import type { Output, World } from "./world.ts";

/** What a view makes of one happening. Text lines get their line end here; bytes are written as they are. */
export interface Print {
  readonly out?: string | Uint8Array | undefined;
  readonly err?: string | undefined;
  /** Replaces the line that shows work in progress, at a terminal only; `""` takes it away. */
  readonly progress?: string | undefined;
}

export type View<H> = (happening: H) => Print | undefined;

/** The reader of our output has gone (`| head`): the command ends silently. */
export class PipeClosed extends Error {
  override readonly name = "PipeClosed";
}

/**
 * Shows a run's happenings as they come and returns its exit code. Waits for slow readers, so a run never
 * gets ahead of its output. When the reader goes away the run is ended by `return()`, which runs its clean-up.
 */
export async function play<H>(
  world: World,
  screen: Screen,
  run: AsyncGenerator<H, number>,
  view: View<H>,
): Promise<number> {
  const progress = openProgress(world, screen);
  const out = openWriter(world.stdout);
  const err = openWriter(world.stderr);
  try {
    for (;;) {
      const step = await run.next();
      if (step.done) return step.value;
      const print = view(step.value);
      if (print === undefined) continue;
      if (print.out !== undefined || print.err !== undefined) progress.hide();
      if (print.out !== undefined) await out.write(print.out);
      if (print.err !== undefined) await err.write(print.err);
      if (print.progress !== undefined) progress.show(print.progress);
    }
  } catch (error) {
    // The clean-up may have something to say that must be known, such as what it could not remove.
    for (let step = await run.return(0); !step.done; step = await run.next()) {
      const said = view(step.value)?.err;
      if (said !== undefined) await err.write(said).catch(() => {});
    }
    throw error;
  } finally {
    progress.hide();
    out.release();
    err.release();
  }
}

/** Writes with back-pressure; throws `PipeClosed` once the reader is gone, and any other stream error as it is. */
export function openWriter(stream: Output): {
  write(data: string | Uint8Array): Promise<void>;
  release(): void;
} {
  let failure: Error | undefined;
  const fail = (error: Error & { code?: string }) => {
    failure = error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new PipeClosed() : error;
  };
  stream.on("error", fail);
  return {
    async write(data) {
      if (failure) throw failure;
      if (stream.destroyed) throw new PipeClosed();
      const text = typeof data === "string" ? `${data}\n` : data;
      if (!stream.write(text)) await once(stream, "drain").catch(fail);
      if (failure) throw failure;
    },
    release: () => {
      stream.off("error", fail);
      // A late EPIPE must not become an unhandled error event.
      stream.on("error", () => {});
    },
  };
}
