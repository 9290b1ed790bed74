import { Command, CommanderError } from "@commander-js/extra-typings";
import { type Connection, connect } from "./commands/connect.ts";
import { demoCommand } from "./commands/demo/command.ts";
import { dlqCommand } from "./commands/dlq/command.ts";
import { type GlobalOptions, globalFlags } from "./commands/flags.ts";
import { gcCommand } from "./commands/gc/command.ts";
import { localCommand } from "./commands/local/command.ts";
import type { Perform, Story } from "./commands/perform.ts";
import { putCommand } from "./commands/put/command.ts";
import type { Stage } from "./commands/stage.ts";
import { tailCommand } from "./commands/tail/command.ts";
import { testPatternCommand } from "./commands/test-pattern/command.ts";
import { Exit } from "./core/exit.ts";
import { play } from "./shell/play.ts";
import { openScreen } from "./shell/screen.ts";
import type { World } from "./shell/world.ts";

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

type MakePerform = <O, H>(story: Story<O, H>) => Perform<O>;

/** The verbs, in the order of `--help`. Each loads its story only when it is the one that was asked for. */
function addVerbs(program: Command, perform: MakePerform): void {
  program.addCommand(
    putCommand(
      perform({
        run: () => import("./commands/put/run.ts").then((m) => m.runPut),
        view: () => import("./commands/put/view.ts").then((m) => m.putView),
      }),
    ) as unknown as Command,
  );
  program.addCommand(
    testPatternCommand(
      perform({
        run: () => import("./commands/test-pattern/run.ts").then((m) => m.runTestPattern),
        view: () => import("./commands/test-pattern/view.ts").then((m) => m.testPatternView),
      }),
    ) as unknown as Command,
  );
  program.addCommand(
    dlqCommand({
      ls: perform({
        run: () => import("./commands/dlq/ls/run.ts").then((m) => m.runLs),
        view: () => import("./commands/dlq/ls/view.ts").then((m) => m.lsView),
      }),
      peek: perform({
        run: () => import("./commands/dlq/peek/run.ts").then((m) => m.runPeek),
        view: () => import("./commands/dlq/peek/view.ts").then((m) => m.peekView),
      }),
      redrive: perform({
        run: () => import("./commands/dlq/redrive/run.ts").then((m) => m.runRedrive),
        view: () => import("./commands/dlq/redrive/view.ts").then((m) => m.redriveView),
      }),
    }) as unknown as Command,
  );
  program.addCommand(
    tailCommand(
      perform({
        run: () => import("./commands/tail/run.ts").then((m) => m.runTail),
        view: () => import("./commands/tail/view.ts").then((m) => m.tailView),
      }),
    ) as unknown as Command,
  );
  program.addCommand(
    gcCommand(
      perform({
        run: () => import("./commands/gc/run.ts").then((m) => m.runGc),
        view: () => import("./commands/gc/view.ts").then((m) => m.gcView),
      }),
    ) as unknown as Command,
  );
  const localView = () => import("./commands/local/view.ts").then((m) => m.localView);
  program.addCommand(
    localCommand(
      perform({ run: () => import("./commands/local/run.ts").then((m) => m.runLocal), view: localView }),
      perform({ run: () => import("./commands/local/run.ts").then((m) => m.runLocalApply), view: localView }),
      perform({ run: () => import("./commands/local/run.ts").then((m) => m.runLocalExec), view: localView }),
    ) as unknown as Command,
  );
  program.addCommand(
    demoCommand(
      perform({
        run: () => import("./commands/demo/run.ts").then((m) => m.runDemo),
        view: () => import("./commands/demo/view.ts").then((m) => m.demoView),
      }),
    ) as unknown as Command,
  );
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
