import { Command } from "@commander-js/extra-typings";
import { wholeNumber } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface LocalOptions {
  readonly port: number;
  /** A bus file, or the name of a shipped starter. */
  readonly from?: string | undefined;
  /** Deliver to queues whose policy does not let EventBridge in. */
  readonly lenient: boolean;
}

export interface LocalExecOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly from?: string | undefined;
  readonly lenient: boolean;
}

export interface LocalApplyOptions {
  readonly file: string;
}

/** `evb local`, `evb local apply` and `evb local exec`. */
export function localCommand(
  runLocal: Perform<LocalOptions>,
  runApply: Perform<LocalApplyOptions>,
  runExec: Perform<LocalExecOptions>,
) {
  const local = new Command("local")
    // So that everything behind `exec --` belongs to the command that is run.
    .enablePositionalOptions()
    .summary("run an EventBridge and SQS emulator on this machine")
    .description(
      "Runs EventBridge and SQS on the loopback interface, for any AWS SDK or CLI. State is kept in memory.",
    )
    .addHelpText("before", examples)
    .option("--port <port>", "port to listen on", wholeNumber(0), 4010)
    .option("--from <file>", "begin with the buses, rules and queues of a bus file or a shipped starter")
    .option("--lenient", "deliver to queues whose policy does not let EventBridge in")
    .action((flags) => runLocal({ port: flags.port, from: flags.from, lenient: flags.lenient === true }));
  local
    .command("apply")
    .summary("bring a running emulator to what a bus file says")
    .description(
      "Makes the buses, rules, targets and queues of a bus file in the emulator that runs. Creates and updates, never deletes.",
    )
    .addHelpText("before", applyExamples)
    .argument("<file>", "a bus file, or the name of a shipped starter")
    .action((file) => runApply({ file }));
  local
    .command("exec")
    .summary("run a command against a fresh emulator")
    .description(
      "Starts an emulator on a free port, runs the command with AWS_ENDPOINT_URL and dummy credentials set, and stops the emulator. Ends with the command's exit code.",
    )
    .addHelpText("before", execExamples)
    .argument("<command>", "what to run; put -- before it")
    .argument("[args...]")
    .passThroughOptions()
    .action((command, args, _flags, self) => {
      const { from, lenient } = (
        self.parent as unknown as { opts(): { from?: string; lenient?: boolean } }
      ).opts();
      return runExec({ command, args, from, lenient: lenient === true });
    });
  return local;
}

const examples = `Examples:
  evb local                              listen on http://127.0.0.1:4010 until Ctrl-C
  evb local --from order-processing      with a bus, rules and queues to try things on
  evb put order-placed --local           publish to it from another shell
  aws --endpoint-url http://127.0.0.1:4010 events list-rules
  evb local exec -- npm test             a fresh one for one command
`;

const execExamples = `Examples:
  evb local exec -- npm test
  evb local --from order-processing exec -- bash -c 'evb put order-placed -b orders && evb dlq ls -b orders'
`;

const applyExamples = `Examples:
  evb local apply order-processing
  evb local apply my-buses.json
`;
