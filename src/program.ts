import { Command, CommanderError } from "@commander-js/extra-typings";
import { type Connection, connect } from "./commands/connect.ts";
import { type GlobalOptions, globalFlags } from "./commands/flags.ts";
import type { Perform, Story } from "./commands/perform.ts";
import type { Stage } from "./commands/stage.ts";
import { Exit } from "./core/exit.ts";
import { play } from "./shell/play.ts";
import { openScreen } from "./shell/screen.ts";
import type { World } from "./shell/world.ts";

/** Finds the verb that argv names and plays it; returns the exit code. */
export async function dispatch(world: World, version: string): Promise<number> {
  let exit: number = Exit.done;
  const program = new Command("evb");
  const perform =
    <O, H>(story: Story<O, H>): Perform<O> =>
    async (options) => {
      exit = await act(world, program.opts() as GlobalOptions, options, story);
    };
  program
    .description("Amazon EventBridge from the command line")
    .version(version, "--version", "print the version");
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
): Promise<number> {
  const [run, view, screen] = await Promise.all([story.run(), story.view(), openScreen(world, global)]);
  const opened: Connection[] = [];
  const stage: Stage = {
    world,
    screen,
    global,
    mayAsk: world.stdin.isTTY === true && world.stdout.isTTY === true && global.input !== false,
    connect: async () => {
      const connection = connect(world, global, global.verbose ? verboseLine(world) : undefined);
      opened.push(connection);
      return connection;
    },
  };
  try {
    return await play(world, screen, run(options, stage), view(screen, options));
  } finally {
    for (const connection of opened) connection[Symbol.dispose]();
  }
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
