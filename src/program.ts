import { Command, CommanderError } from "@commander-js/extra-typings";
import { type Connection, connect } from "./commands/connect.ts";
import { type GlobalOptions, globalFlags } from "./commands/flags.ts";
import type { Perform, Story } from "./commands/perform.ts";
import type { Stage } from "./commands/stage.ts";
import { Exit } from "./core/exit.ts";
import { play } from "./shell/play.ts";
import { openScreen } from "./shell/screen.ts";
import type { World } from "./shell/world.ts";
import { hiddenVerbs, verbs } from "./verbs.ts";

/** Runs one command line; a verb that tells a story of several (`demo`) is given it. */
type Evb = (world: World) => Promise<number>;

/** Finds the verb that argv names and plays it; returns the exit code. */
export async function dispatch(world: World, version: string, evb: Evb): Promise<number> {
  let exit: number = Exit.done;
  const program = new Command("evb");
  const perform =
    <O, H>(story: Story<O, H>): Perform<O> =>
    async (options) => {
      exit = await act({ world, evb, global: program.opts() as GlobalOptions }, options, story);
    };
  program
    .description("Amazon EventBridge from the command line")
    .version(version, "--version", "print the version");
  for (const flag of globalFlags()) program.addOption(flag);
  // A command line that names a verb pays for that verb only; help and misspellings need them all.
  const hidden = hiddenVerbs[world.argv[0] ?? ""];
  if (hidden !== undefined) program.addCommand(await hidden(perform), { hidden: true });
  const named = hidden !== undefined ? [] : Object.keys(verbs).filter((verb) => world.argv.includes(verb));
  for (const verb of hidden !== undefined || named.length > 0 ? named : Object.keys(verbs))
    program.addCommand(await verbs[verb]!(perform));
  adopt(program as unknown as Command, world);
  try {
    await program.parseAsync(world.argv as string[], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return Exit.done;
    throw error;
  }
  return exit;
}

async function act<O, H>(
  { world, evb, global }: Pick<Stage, "world" | "evb" | "global">,
  options: O,
  story: Story<O, H>,
): Promise<number> {
  const [run, view, screen] = await Promise.all([story.run(), story.view(), openScreen(world, global)]);
  const opened: Connection[] = [];
  const stage: Stage = {
    world,
    evb,
    screen,
    global,
    // Asked for late: merely touching a process's stdin opens it.
    get mayAsk() {
      return global.input !== false && world.stdin.isTTY === true && world.stdout.isTTY === true;
    },
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
      writeOut(text) {
        world.stdout.once("error", passOverClosedPipe);
        world.stdout.write(text);
      },
      // `report` writes the error; commander would write it a second time.
      writeErr: () => {},
      getOutHelpWidth: () => world.stdout.columns ?? 100,
      getErrHelpWidth: () => world.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const child of command.commands) adopt(child as Command, world);
}

/** `evb put --help | head`: whoever read has seen enough. */
function passOverClosedPipe(error: Error & { code?: string }): void {
  if (error.code !== "EPIPE") throw error;
}
