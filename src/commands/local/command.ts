import { Command } from "@commander-js/extra-typings";
import { wholeNumber } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface LocalOptions {
  readonly port: number;
  /** Deliver to queues whose policy does not let EventBridge in. */
  readonly lenient: boolean;
}

export interface LocalExecOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly lenient: boolean;
}

/** `evb local` and `evb local exec`. */
export function localCommand(runLocal: Perform<LocalOptions>, runExec: Perform<LocalExecOptions>) {
  const local = new Command("local")
    .summary("run an EventBridge and SQS emulator on this machine")
    .description(
      "Runs EventBridge and SQS on the loopback interface, for any AWS SDK or CLI. State is kept in memory.",
    )
    .addHelpText("before", examples)
    .option("--port <port>", "port to listen on", wholeNumber(0), 4010)
    .option("--lenient", "deliver to queues whose policy does not let EventBridge in")
    .action((flags) => runLocal({ port: flags.port, lenient: flags.lenient === true }));
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
      const { lenient } = (self.parent as unknown as { opts(): { lenient?: boolean } }).opts();
      return runExec({ command, args, lenient: lenient === true });
    });
  // So that everything behind `exec --` belongs to the command that is run.
  return local.enablePositionalOptions();
}

const examples = `Examples:
  evb local                              listen on http://127.0.0.1:4010 until Ctrl-C
  evb put order-placed --local           publish to it from another shell
  aws --endpoint-url http://127.0.0.1:4010 events list-rules
  evb local exec -- npm test             a fresh one for one command
`;

const execExamples = `Examples:
  evb local exec -- npm test
  evb local exec -- bash -c 'aws sqs create-queue --queue-name q && evb put order-placed --local'
`;
