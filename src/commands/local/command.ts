import { Command } from "@commander-js/extra-typings";
import type { Fault } from "../../local/faults.ts";
import { fromFlag, parameterFlag, positiveNumber, wholeNumber } from "../flags.ts";
import type { Perform } from "../perform.ts";
import { applyCommand, type LocalApplyOptions } from "./apply-command.ts";
import { deliveriesCommand } from "./deliveries/command.ts";
import type { DeliveriesOptions } from "./deliveries/run.ts";
import { fault } from "./fault.ts";
import { type HandlerSpec, handler } from "./handler.ts";

/** What kind of emulator it is to be. */
export interface EmulatorOptions {
  /** A file that describes buses, or the name of a shipped starter. */
  readonly from?: string | undefined;
  readonly parameters?: ReadonlyMap<string, string> | undefined;
  /** Deliver to queues whose policy does not let EventBridge in. */
  readonly lenient: boolean;
  readonly refuseMissingBus: boolean;
  /** How many times as fast as the machine's clock the emulator's runs. */
  readonly timeScale: number;
  /** Tell of every delivery. */
  readonly deliveries: boolean;
  readonly faults: readonly Fault[];
  /** Directory where state is kept. */
  readonly data: string | undefined;
  readonly fsync: boolean;
  /** What stands in for targets that are not emulated. */
  readonly handlers: readonly HandlerSpec[];
}

export interface LocalOptions extends EmulatorOptions {
  readonly port: number;
  readonly host: string;
}

export interface LocalExecOptions extends EmulatorOptions {
  readonly command: string;
  readonly args: readonly string[];
}

/** `evb local`, and what belongs to it: `apply`, `exec` and `deliveries`. */
export function localCommand(
  runLocal: Perform<LocalOptions>,
  runApply: Perform<LocalApplyOptions>,
  runExec: Perform<LocalExecOptions>,
  runDeliveries: Perform<DeliveriesOptions>,
) {
  const local = new Command("local")
    // So that everything behind `exec --` belongs to the command that is run.
    .enablePositionalOptions()
    .summary("run an EventBridge, SQS and Schemas emulator on this machine")
    .description(
      "Runs EventBridge, SQS and Schemas on the loopback interface, for any AWS SDK or CLI. State is in memory unless --data names a directory.",
    )
    .addHelpText("before", examples)
    .option("--port <port>", "port to listen on", wholeNumber(0), 4010)
    .option(
      "--host <address>",
      "address to listen on; anything but loopback lets other machines drive it, without credentials",
      "127.0.0.1",
    )
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .option(
      "--data <dir>",
      "keep all state in this directory, crash-safe, and go on from there; secrets of connections too (files of mode 600)",
    )
    .option("--fsync", "with --data: answer when a change is on the disk, not just with the operating system")
    .option("--lenient", "deliver to queues whose policy does not let EventBridge in")
    .option("--refuse-missing-bus", "fail events for a bus that does not exist; AWS takes and forgets them")
    .option(
      "--time-scale <n>",
      "let the emulator's time, so retries and delays, pass n times as fast",
      positiveNumber,
      1,
    )
    .option("--handler <target=how>", "what stands in for a target that is not emulated; repeatable", handler)
    .option("--deliveries", "tell on stderr of every delivery: rule, target, outcome")
    .option("--fault <spec>", "fail calls on purpose; repeatable", fault)
    .addHelpText("after", handlerHelp + faultHelp)
    .action((flags) => runLocal({ port: flags.port, host: flags.host, ...emulatorOf(flags) }));
  for (const child of [deliveriesCommand(runDeliveries), applyCommand(runApply)])
    local.addCommand(child as unknown as Command);
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
      const flags = (self.parent as unknown as { opts(): EmulatorFlags }).opts();
      return runExec({ command, args, ...emulatorOf(flags) });
    });
  return local;
}

interface EmulatorFlags {
  readonly from?: string | undefined;
  readonly parameter?: ReadonlyMap<string, string> | undefined;
  readonly lenient?: true | undefined;
  readonly refuseMissingBus?: true | undefined;
  readonly timeScale: number;
  readonly deliveries?: true | undefined;
  readonly fault?: readonly Fault[] | undefined;
  readonly data?: string | undefined;
  readonly fsync?: true | undefined;
  readonly handler?: readonly HandlerSpec[] | undefined;
}

const emulatorOf = (flags: EmulatorFlags): EmulatorOptions => ({
  from: flags.from,
  parameters: flags.parameter,
  lenient: flags.lenient === true,
  refuseMissingBus: flags.refuseMissingBus === true,
  timeScale: flags.timeScale,
  deliveries: flags.deliveries === true,
  faults: flags.fault ?? [],
  data: flags.data,
  fsync: flags.fsync === true,
  handlers: flags.handler ?? [],
});

const examples = `Examples:
  evb local                              listen on http://127.0.0.1:4010 until Ctrl-C
  evb local --from order-processing      with a bus, rules and queues to try things on
  evb local --from template.yaml --parameter Stage=test
                                         with what a CloudFormation or SAM template would deploy
  evb put order-placed --local           publish to it from another shell
  aws --endpoint-url http://127.0.0.1:4010 events list-rules
  evb local --from saga --deliveries --time-scale 60
                                         a delay of 15 minutes takes 15 seconds
  evb local --fault PutEvents@1=throttle --fault SendMessage@every:3=lose-answer
  evb local --data .evb --from saga      what is published, queued and changed is there again next time
  evb local --from saga --handler lambda=./on-event.mjs --handler states='jq .detail >>runs'
  evb local exec -- npm test             a fresh one for one command
`;

const handlerHelp = `
Handlers: --handler TARGET=HOW
  TARGET     an ARN, or a service (lambda, states, sns, kinesis, logs) for all its ARNs
  HOW        ./file.mjs or ./file.mjs#name: a function of a Node module, called with the event; throwing fails
             https://…: a POST of the event; anything but 2xx fails
             file:PATH or -: one line an event, in a file or on standard output
             else a command with the event on standard input; an exit code but 0 fails
  What fails is tried again by the target's retry policy, then goes to its dead-letter queue.
`;

const faultHelp = `
Faults: --fault OPERATION[@CALLS]=KIND
  OPERATION  as AWS names it, such as PutEvents or SendMessage; * is any
  CALLS      1 or 2,5: just these; every:3: each third; else all
  KIND       throttle, error, error:503, error:AccessDeniedException, hang, reset (the connection),
             late:2s, lose-answer (done, but not answered), fail-entries:0,2 (places in a batch)
`;

const execExamples = `Examples:
  evb local exec -- npm test
  evb local --from order-processing exec -- bash -c 'evb put order-placed -b orders && evb dlq ls -b orders'
`;
