import { Command, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import { busFlag, fromFlag, parameterFlag, repeat } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface TransformOptions {
  /** Inline JSON, `-`, or files. */
  readonly events: readonly string[];
  /** What the input is made by, unless it is that of a rule's target. At most one of the first three. */
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  /** A text or a file. */
  readonly inputTemplate: string | undefined;
  /** Inline JSON or a file. */
  readonly inputPathsMap: string | undefined;
  readonly rule: string | undefined;
  readonly target: string | undefined;
  readonly bus: string;
  readonly from: string | undefined;
  readonly parameters: ReadonlyMap<string, string> | undefined;
  /** Ask for variables and template. */
  readonly interactive: boolean;
}

export function transformCommand(run: Perform<TransformOptions>) {
  const made = ["inputPath", "inputTemplate", "rule"] as const;
  return new Command("transform")
    .summary("what a target receives of an event")
    .description(
      "Previews a target's input, offline: Input, InputPath or an input transformer, as AWS was recorded to apply them. Ends with 1 where EventBridge would not call the target, of which it tells nobody, and with 2 where AWS would refuse the configuration.",
    )
    .addHelpText("before", examples)
    .option(
      "-e, --event <json|file>",
      "event, array of events, or file with one a line; repeatable; standard input when absent",
      repeat,
    )
    .addOption(new Option("--input <json|file>", "constant JSON").conflicts([...made]))
    .addOption(new Option("--input-path <path>", "the part that is sent: $.detail").conflicts(made.slice(1)))
    .addOption(new Option("--input-paths-map <json|file>", 'the template\'s variables: {"id":"$.detail.id"}'))
    .addOption(
      new Option(
        "--input-template <text|file>",
        "the template; a file's name has no < and no quote in it",
      ).conflicts("rule"),
    )
    .addOption(new Option("--rule <name>", "the input of a rule's target, deployed or of --from"))
    .addOption(new Option("--target <id>", "which of the rule's targets, where it has several"))
    .addOption(
      new Option(
        "--interactive",
        "pick fields of the event and write the template by questions; prints the input transformer, and the flags that do the same",
      ).conflicts(["input", "inputPathsMap", "from", ...made]),
    )
    .addOption(busFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .action((flags) => {
      const given = [flags.input, flags.inputPath, flags.inputTemplate, flags.rule];
      if (given.every((value) => value === undefined) && flags.interactive === undefined)
        throw new EvbError("BAD_USAGE", "nothing says how the input is made", [
          "give --input-path, --input-template, --input, or --rule; --interactive asks",
        ]);
      if (flags.inputPathsMap !== undefined && flags.inputTemplate === undefined)
        throw new EvbError(
          "BAD_USAGE",
          "--input-paths-map names variables of a template, and there is none",
          ["give --input-template as well"],
        );
      return run({
        events: flags.event ?? ["-"],
        input: flags.input,
        inputPath: flags.inputPath,
        inputTemplate: flags.inputTemplate,
        inputPathsMap: flags.inputPathsMap,
        rule: flags.rule,
        target: flags.target,
        bus: flags.bus,
        from: flags.from,
        parameters: flags.parameter,
        interactive: flags.interactive === true,
      });
    });
}

const examples = `Examples:
  evb transform -e event.json --input-path '$.detail'
  evb transform -e event.json --input-paths-map '{"id":"$.detail.orderId"}' --input-template '{"order": <id>}'
  evb transform -e event.json --interactive
  evb transform -e event.json --rule orders-to-billing -b orders
  evb transform -e event.json --rule orders-to-billing --target billing --from template.yaml
`;
