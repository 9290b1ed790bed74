import { Command } from "@commander-js/extra-typings";
import { schemaAgeFlag, schemaChoice, schemaVersionFlag, validateFlag } from "../flags.ts";
import type { Perform } from "../perform.ts";
import type { SchemaChoice } from "../schema-source.ts";

export type LsOptions = Readonly<Record<string, never>>;

export interface ShowOptions {
  /** A path, or a name as `evb put` looks it up. */
  readonly template: string;
  readonly render: boolean;
}

export interface CheckOptions {
  /** Paths and names; none for all in `./templates`. */
  readonly templates: readonly string[];
  /** Which schemas the details are checked against. */
  readonly validate?: SchemaChoice | undefined;
}

export interface NewOptions {
  /** A name for `./templates`, a path, or `-` for standard output. */
  readonly name: string;
  /** As `--event` takes it everywhere. */
  readonly event?: string | undefined;
  readonly schema?: string | undefined;
  readonly registry: string | undefined;
  readonly version: string | undefined;
  readonly description?: string | undefined;
  readonly force: boolean;
}

export interface TemplatePerforms {
  readonly ls: Perform<LsOptions>;
  readonly show: Perform<ShowOptions>;
  readonly check: Perform<CheckOptions>;
  readonly make: Perform<NewOptions>;
}

/** `evb template` and its subcommands. */
export function templateCommand({ ls, show, check, make }: TemplatePerforms) {
  const template = new Command("template")
    .summary("templates of events: list, read, make and check them")
    .description(
      "The templates that `evb put` finds by name: those in ./templates and ./templates/events, then the shipped ones.",
    )
    .addHelpText("before", examples);
  const commands = [
    new Command("ls").summary("names, descriptions and variables").action(() => ls({})),
    new Command("show")
      .summary("a template, or an example of what it makes")
      .argument("<template>", "a path, or a name")
      .option("--render", "the events that it makes; a variable without a default gets a stand-in")
      .action((name, { render }) => show({ template: name, render: render === true })),
    new Command("new")
      .summary("write a template: of an event, of a schema, or by questions")
      .description(
        "Makes a template of a captured event (--event, or standard input), of a schema, or, at a terminal, by questions. Plain values become variables with their default; ids and times are made anew in each event; what looks like a secret is not kept.",
      )
      .argument("<name>", "a name for ./templates, a path, or - for standard output")
      .option("-e, --event <json|file>", "the event (default: standard input)")
      .option("--schema <name>", "a schema, as in `evb schema ls`: SOURCE@DetailType")
      .option("--registry <name>", "look for the schema in this registry only (default: all)")
      .addOption(schemaVersionFlag())
      .option("--description <text>", "what the template says of itself")
      .option("--force", "write over a file that is there")
      .action((name, { schemaVersion: version, registry, force, ...flags }) =>
        make({ name, ...flags, registry, version, force: force === true }),
      ),
    new Command("check")
      .summary("whether templates render, and make events that can be sent")
      .description(
        "Renders each template with its defaults (a variable without one gets a stand-in) and checks the events as `evb put` does. Exit code 2 when one cannot be sent.",
      )
      .argument("[template...]", "paths or names; without any, all in ./templates and ./templates/events")
      .addOption(validateFlag())
      .addOption(schemaVersionFlag())
      .addOption(schemaAgeFlag())
      .action((templates, flags) => check({ templates, validate: schemaChoice(flags) })),
  ];
  for (const command of commands) template.addCommand(command as unknown as Command);
  return template;
}

const examples = `Examples:
  evb template ls
  evb template show order-placed --render
  evb tail --max 1 --json | evb template new order
  evb template new order --schema com.example.shop@OrderPlaced
  evb template check templates/*.json
`;
