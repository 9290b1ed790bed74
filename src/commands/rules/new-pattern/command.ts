import { Command } from "@commander-js/extra-typings";
import { EvbError } from "../../../core/errors.ts";
import { type Condition, parseCondition } from "../../../core/pattern-draft/condition.ts";
import { Fault } from "../../../core/pattern-draft/fault.ts";
import { operatorNames } from "../../../core/pattern-draft/operators.ts";
import { repeat, schemaVersionFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";

export interface NewPatternOptions {
  /** Inline JSON, `-`, or files. */
  readonly events: readonly string[];
  readonly schema: string | undefined;
  readonly registry: string | undefined;
  readonly version: string | undefined;
  /** What the pattern asks for; none: the person is asked. */
  readonly conditions: readonly Condition[];
  readonly explain: boolean;
}

export const newPatternCommand = (run: Perform<NewPatternOptions>) =>
  new Command("new-pattern")
    .summary("make an event pattern of events or a schema, by questions or by flags")
    .description(
      "Makes an event pattern. At a terminal it asks: pick fields of the events, operators and values, see after each which of the events match and why the others do not, take back what was too much. With --field nothing is asked. The pattern goes to standard output; nothing is deployed. Of many events the first 1000 are looked at.",
    )
    .addHelpText("before", examples)
    .option(
      "-e, --event <json|file>",
      "event, array of events, or file with one a line; repeatable; - is standard input",
      repeat,
    )
    .option("--schema <name>", "fields and an example of a schema of a registry, in place of events")
    .option("--registry <name>", "the schema's registry (default: all)")
    .addOption(schemaVersionFlag())
    .option(
      "--field <condition>",
      "a field and what it must be: PATH=TEXT, PATH:=JSON, or PATH:OPERATOR:ARGUMENT; repeatable",
      condition,
    )
    .option("--explain", "with --field: say of each event that does not match why")
    .addHelpText("after", syntax)
    .action(({ event, schema, registry, schemaVersion: version, field, explain }) => {
      if (event !== undefined && schema !== undefined)
        throw new EvbError("BAD_USAGE", "--event and --schema both say what the fields are", [
          "give one of them",
        ]);
      if (schema === undefined && (registry ?? version) !== undefined)
        throw new EvbError(
          "BAD_USAGE",
          `${registry === undefined ? "--schema-version" : "--registry"} says something of a schema, and --schema was not given`,
        );
      return run({
        events: event ?? [],
        ...{ schema, registry, version },
        conditions: field ?? [],
        explain: explain === true,
      });
    });

function condition(text: string, before: readonly Condition[] = []): readonly Condition[] {
  const read = parseCondition(text);
  if (read instanceof Fault)
    throw new EvbError("BAD_USAGE", `--field ${text}: ${read.sentence}`, [
      "as in --field detail.status=PAID, or --field 'detail.total:numeric:>:100'",
    ]);
  return [...before, read];
}

const examples = `Examples:
  evb rules new-pattern -e order.json
  evb rules new-pattern --schema com.example.shop@OrderPlaced
  evb rules new-pattern -e orders.ndjson --field detail.status=PAID --field 'detail.total:numeric:>:100' > pattern.json
`;

const syntax = `
Conditions of --field:
  detail.status=PAID                 the text PAID
  detail.total:=100                  a number, true, false or null
  detail.total:numeric:>=:0:<:100    an operator and its arguments
  detail.status:anything-but:PAID    any other value; anything-but:=100 for a number
  detail.note:exists:false           exists:true, exists:false
The same field again is an alternative; several anything-but are one list. A key with
a dot or a colon is quoted: detail["a.b"]=x.
Operators: ${operatorNames.join(", ").replace(/(.{50,80}?), /g, "$1,\n           ")}
`;
