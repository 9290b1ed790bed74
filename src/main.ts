import { Command, CommanderError } from "@commander-js/extra-typings";
import manifest from "../package.json" with { type: "json" };
import { connect } from "./commands/connect.ts";
import { type GlobalOptions, globalFlags } from "./commands/flags.ts";
import type { Perform, Story } from "./commands/perform.ts";
import type { Stage } from "./commands/stage.ts";
import { Exit, type ExitCode } from "./core/exit.ts";
import { PipeClosed, play } from "./shell/play.ts";
import { worldOf } from "./shell/process.ts";
import { openScreen } from "./shell/screen.ts";
import type { World } from "./shell/world.ts";

/** Runs one command line to its end and returns the exit code. The only place that catches everything. */
export async function main(world: World): Promise<number> {
  if (world.argv.length === 1 && world.argv[0] === "--version") {
    world.stdout.write(`${manifest.version}\n`);
    return Exit.done;
  }
  try {
    return await dispatch(world);
  } catch (error) {
    if (error instanceof PipeClosed) return Exit.done;
    const { report } = await import("./commands/report.ts");
    return report(world, error);
  }
}

/** `main` on a real process. */
export const start = (process: NodeJS.Process): Promise<number> => main(worldOf(process));

async function dispatch(world: World): Promise<number> {
  let exit: ExitCode = Exit.done;
  const program = new Command("evb");
  const perform =
    <O, H>(story: Story<O, H>): Perform<O> =>
    async (options) => {
      exit = await act(world, program.opts() as GlobalOptions, options, story);
    };
  program.description("Amazon EventBridge from the command line").version(manifest.version);
  for (const flag of globalFlags()) program.addOption(flag);
  addVerbs(program as unknown as Command, perform);
  adopt(program as unknown as Command, world);
  try {
    await program.parseAsync(world.argv as string[], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return Exit.done;
    throw error;
  }
  return exit;
}

function addVerbs(program: Command, perform: <O, H>(story: Story<O, H>) => Perform<O>): void {
  void program;
  void perform;
}

async function act<O, H>(
  world: World,
  global: GlobalOptions,
  options: O,
  story: Story<O, H>,
): Promise<ExitCode> {
  const [run, view] = await Promise.all([story.run(), story.view()]);
  const screen = openScreen(world, global);
  const stage: Stage = {
    world,
    screen,
    global,
    mayAsk: world.stdin.isTTY === true && world.stdout.isTTY === true && global.input !== false,
    connect: async () => connect(world, global, global.verbose ? verboseLine(world) : undefined),
  };
  return play(world, screen, run(options, stage), view(screen, options));
}

const verboseLine =
  (world: World) =>
  (call: { operation: string; status: number | undefined; ms: number; attempt: number }): void => {
    world.stderr.write(
      `evb: aws: ${call.operation} ${call.status ?? "no answer"} ${call.ms} ms, attempt ${call.attempt}\n`,
    );
  };

/** `addCommand` does not hand these settings down, so every command gets them. */
function adopt(command: Command, world: World): void {
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      // `report` writes the error; commander would write it a second time.
      writeErr: () => {},
      getOutHelpWidth: () => world.stdout.columns ?? 100,
      getErrHelpWidth: () => world.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const child of command.commands) adopt(child as Command, world);
}
