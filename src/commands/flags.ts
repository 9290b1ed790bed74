import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { parseDuration } from "../core/duration.ts";
import { EvbError } from "../core/errors.ts";
import type { SchemaChoice } from "./schema-source.ts";

/** Flags that every verb has. Declared on the program, so they are valid before and after the verb. */
export interface GlobalOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly local?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** `false` for `--no-input`. */
  readonly input?: boolean | undefined;
  readonly yes?: boolean | undefined;
  /** `false` for `--no-color`. */
  readonly color?: boolean | undefined;
}

export const globalFlags = () => [
  new Option("--profile <name>", "named profile of the shared AWS config"),
  new Option("--region <region>", "AWS region"),
  new Option("--endpoint-url <url>", "send every call here instead of to AWS"),
  new Option("--local", "talk to the emulator that `evb local` runs; never reaches AWS"),
  new Option("--json", "machine output on stdout: one JSON document, or one object a line"),
  new Option("-q, --quiet", "no progress and no summary"),
  new Option("-v, --verbose", "one line on stderr for each AWS call"),
  new Option("--no-input", "never ask; what would be asked is an error that names the flag"),
  new Option("-y, --yes", "answer yes to the confirmation"),
  new Option("--no-color", "no colour"),
];

/** `-b, --bus`: where a bus is meant. */
export const busFlag = () => new Option("-b, --bus <name|arn>", "event bus").default("default");

/** `--from`: buses out of a file instead of the deployed ones. */
export const fromFlag = () =>
  new Option(
    "--from <file>",
    "CloudFormation, SAM, cdk.out, serverless.yml, terraform show -json, a bus file or a starter",
  );

/** `--parameter`: what a template asks for, or anything else in it that only the deploy decides. */
export const parameterFlag = () =>
  new Option(
    "--parameter <name=value>",
    "value of a template's parameter, or of anything else that only the deploy decides; repeatable",
  ).argParser(parameter);

function parameter(text: string, before?: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const end = text.indexOf("=");
  if (end < 1) throw new InvalidArgumentError("expected NAME=VALUE.");
  return new Map([...(before ?? []), [text.slice(0, end), text.slice(end + 1)]]);
}

/** `--validate`: details are checked against schemas. */
export const validateFlag = () =>
  new Option(
    "--validate [registry|folder]",
    "check each detail against the schema of its source and detail type: of a registry (default: all but AWS's), or of a folder of schemas",
  );

export const schemaVersionFlag = () =>
  new Option("--schema-version <number>", "a version of the schema (default: the latest)");

export const schemaAgeFlag = () =>
  new Option(
    "--schema-age <time>",
    "how old a schema out of the cache may be (default 1h; 0 asks anew)",
  ).argParser(duration);

/** What these three say together. */
export function schemaChoice(flags: {
  readonly validate?: string | true | undefined;
  readonly schemaVersion?: string | undefined;
  readonly schemaAge?: number | undefined;
}): SchemaChoice | undefined {
  const { validate: place, schemaVersion: version, schemaAge: maxAge } = flags;
  if (place !== undefined) return { place, version, maxAge };
  if (version === undefined && maxAge === undefined) return undefined;
  const flag = version === undefined ? "--schema-age" : "--schema-version";
  throw new EvbError("BAD_USAGE", `${flag} says something of schemas, and --validate was not given`);
}

/** Collects a flag that may be given several times. */
export const repeat = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** A whole number of at least `least`. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`expected a whole number of at least ${least}.`);
    return value;
  };

/** A positive number. */
export const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError("expected a number above 0.");
  return value;
};

/** A length of time, in milliseconds. */
export const duration = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError("expected a duration such as 30s, 5m or 1h30m.");
  return ms;
};
