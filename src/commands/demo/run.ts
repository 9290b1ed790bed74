import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Exit } from "../../core/exit.ts";
import { type Captured, captureWorld } from "../../shell/capture.ts";
import type { Stage } from "../stage.ts";
import type { DemoOptions } from "./command.ts";
import { type Step, story } from "./story.ts";

export type DemoHappening =
  | { readonly kind: "step"; readonly number: number; readonly title: string; readonly command: string }
  | {
      readonly kind: "output";
      readonly number: number;
      readonly command: string;
      readonly text: string;
      readonly fault?: string | undefined;
    }
  | {
      readonly kind: "end";
      readonly steps: number;
      readonly ms: number;
      readonly fault?: string | undefined;
    };

/** A step that runs beside the others. */
interface Beside {
  readonly step: Step;
  readonly captured: Captured;
  readonly ended: Promise<number>;
}

/** How long a step may take to get under way before the demo says that it did not. */
const patienceMs = 15_000;

/** Tells the story. The first step that does not do what it says ends it, with exit code 1. */
export async function* runDemo(_options: DemoOptions, stage: Stage): AsyncGenerator<DemoHappening, number> {
  const started = stage.world.clock.now();
  const folder = await mkdtemp(join(tmpdir(), "evb-demo-"));
  const players = new Map<string, Beside>();
  const env: Record<string, string | undefined> = { ...plainEnvironment(stage), XDG_STATE_HOME: folder };
  let fault: string | undefined;
  let count = 0;
  try {
    for (const step of story) {
      count++;
      if (step.join === undefined)
        yield { kind: "step", number: count, title: step.title, command: step.command };
      else
        yield {
          kind: "step",
          number: count,
          title: step.title,
          command: players.get(step.join)!.step.command,
        };
      const played = await play(step, { stage, folder, env, players });
      fault = played.fault;
      yield { kind: "output", number: count, command: step.command, ...played };
      if (fault !== undefined) break;
    }
  } finally {
    for (const { captured } of players.values()) captured.interrupt();
    await Promise.all([...players.values()].map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true });
  }
  yield { kind: "end", steps: count, ms: stage.world.clock.now() - started, fault };
  return fault === undefined ? Exit.done : Exit.negative;
}

interface Setting {
  readonly stage: Stage;
  readonly folder: string;
  readonly env: Record<string, string | undefined>;
  readonly players: Map<string, Beside>;
}

interface Played {
  readonly text: string;
  readonly fault?: string | undefined;
}

async function play(step: Step, setting: Setting): Promise<Played> {
  const { stage, folder, env, players } = setting;
  if (step.join !== undefined) {
    const beside = players.get(step.join)!;
    players.delete(step.join);
    return finish(beside.step, beside.captured, await beside.ended, folder);
  }
  const { argv } = parseCommand(step.command);
  const captured = captureWorld(stage.world, { argv, cwd: folder, env: { ...env } });
  const ended = stage.evb(captured.world);
  if (step.beside === undefined) return finish(step, captured, await ended, folder);
  players.set(step.beside, { step, captured, ended });
  const late = AbortSignal.timeout(patienceMs);
  const over = new AbortController();
  void ended.then(() => over.abort());
  await captured.saw(
    step.beside === "emulator" ? "Ctrl-C ends it" : "listening",
    AbortSignal.any([late, over.signal]),
  );
  if (step.beside === "emulator") env.EVB_LOCAL_URL = /http:\/\/[\w.:]+/.exec(captured.err())?.[0];
  const text = captured.out() + captured.err();
  return late.aborted || over.signal.aborted ? { text, fault: "it did not get under way" } : { text };
}

async function finish(step: Step, captured: Captured, exit: number, folder: string): Promise<Played> {
  const { file } = parseCommand(step.command);
  const text = captured.out() + captured.err();
  const fault = judge(step, text, exit);
  if (file === undefined) return { text, fault };
  await writeFile(join(folder, file), captured.out());
  // A terminal would show nothing of a redirected output; the reader of a demo wants to see what was kept.
  return { text: `${captured.err()}${file}: ${captured.out()}`, fault };
}

function judge({ exit = Exit.done, proof }: Step, text: string, ended: number): string | undefined {
  if (ended !== exit) return `it ended with exit code ${ended} instead of ${exit}`;
  const missing = proof.find((wanted) => !text.includes(wanted));
  return missing === undefined ? undefined : `it does not say ${JSON.stringify(missing)}`;
}

/** The words of a printed command line, without `evb`, and the file that its output goes to. */
function parseCommand(command: string): {
  readonly argv: readonly string[];
  readonly file?: string | undefined;
} {
  const [line = "", file] = command.split(" > ");
  return { argv: line.split(" ").slice(1), file };
}

/** No setting of the person's own may lead a step anywhere but to the demo's emulator. */
function plainEnvironment({ world, screen }: Stage): Record<string, string | undefined> {
  const own = Object.entries(world.env).filter(([name]) => !/^(AWS_|EVB_|FORCE_COLOR$|NO_COLOR$)/.test(name));
  const colour = typeof screen.paint.level === "number" && screen.paint.level > 0;
  return { ...Object.fromEntries(own), ...(colour ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }) };
}
