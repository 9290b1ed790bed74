import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { checkIds, checks, type Severity, severities } from "../../../core/lint/index.ts";
import { nearNames } from "../../../core/near.ts";
import { fromFlag, parameterFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { oneBusFlag, type RulesSource, sourceOf } from "../flags.ts";

export const lintFormats = ["human", "json", "sarif", "github"] as const;

export interface LintOptions extends RulesSource {
  readonly disabled: readonly string[];
  /** The least severity that is told. */
  readonly severity: Severity;
  readonly format: (typeof lintFormats)[number];
  /** Look at the queues behind a deployed bus. */
  readonly queues: boolean;
}

export const lintCommand = (run: Perform<LintOptions>) =>
  new Command("lint")
    .summary("what is wrong with rules, before or after they are deployed")
    .description(
      "Looks for rules that never match, feed nobody, lose events or feed themselves, and for targets that cannot be reached. Ends with 1 when something is found, with 0 when nothing is. Rules that AWS manages are left out.",
    )
    .addHelpText("before", examples)
    .addOption(oneBusFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .addOption(
      new Option("--disable <id>", "switch a check off; repeatable, or ids with commas").argParser(ids),
    )
    .addOption(
      new Option("--severity <least>", "tell what is at least so severe")
        .choices(severities)
        .default("note" as const),
    )
    .addOption(
      new Option("--format <format>", "for people, machines, code scanning, or annotations")
        .choices(lintFormats)
        .default("human" as const),
    )
    .option("--no-queues", "do not look at the queues behind a deployed bus: needs no permission on them")
    .addHelpText("after", switches)
    .action((flags) =>
      run({
        ...sourceOf(flags),
        disabled: flags.disable ?? [],
        severity: flags.severity,
        format: flags.format,
        queues: flags.queues,
      }),
    );

function ids(text: string, before: readonly string[] = []): readonly string[] {
  const given = text.split(",").map((id) => id.trim());
  const unknown = given.find((id) => !checkIds.includes(id));
  if (unknown === undefined) return [...before, ...given];
  const near = nearNames(unknown, checkIds);
  throw new InvalidArgumentError(
    `no check is called ${unknown}; ${near.length > 0 ? `is ${near.join(" or ")} meant?` : "--help lists them"}`,
  );
}

const examples = `Examples:
  evb rules lint -b orders
  evb rules lint --from template.yaml --disable default-retry
  evb rules lint --from cdk.out --severity warning --format github
  evb rules lint --from template.yaml --format sarif > evb.sarif
`;

const width = Math.max(...checkIds.map((id) => id.length));
const switches = `
Checks:
${checks.map(({ id, severity, about }) => `  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${about}`).join("\n")}

A check is switched off
  for a line       by a comment in YAML:     # evb-lint-disable-line ID, ID -- why
                   or on the line before:    # evb-lint-disable-next-line ID
                   (the line of the finding, or the one on which its rule, bus or queue begins)
  for a file       by a comment in YAML:     # evb-lint-disable ID
  for a resource   of a template, or a whole template, by
                   Metadata: {evb: {disable: [ID]}}
  for a rule, bus  by its description, deployed or not: "... evb-lint-disable ID"
  for all          by --disable ID
`;
