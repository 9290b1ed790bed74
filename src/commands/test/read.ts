import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { LineCounter, parseDocument } from "yaml";
import { EvbError } from "../../core/errors.ts";
import { nearNames } from "../../core/near.ts";
import type { Suite } from "../../core/suite/suite.ts";
import { readValue } from "../../shell/input.ts";
import { packageRoot } from "../../shell/package-root.ts";
import type { World } from "../../shell/world.ts";

export interface OpenedSuite {
  readonly path: string;
  readonly suite: Suite;
  /** The line on which a test begins, from 1. */
  lineOf(test: number): number;
}

/** Reads suites; all mistakes of all of them in one error, each with file, line and column. */
export async function readSuites(world: World, paths: readonly string[]): Promise<OpenedSuite[]> {
  const check = openCheck();
  const read = await Promise.all(
    paths.map(async (path) => readSuite(path, (await readValue(world, path, path)).text, check)),
  );
  const faults = read.flatMap((result) => result.faults);
  if (faults.length === 0) return read.map(({ opened }) => opened);
  const [first, ...rest] = faults;
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : "";
  throw new EvbError("BAD_USAGE", `${first}${more}`, rest);
}

type Check = (value: unknown) => readonly ErrorObject[];

function openCheck(): Check {
  const schema = JSON.parse(readFileSync(join(packageRoot(), "templates/schemas/suite.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false }).compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

function readSuite(path: string, text: string, check: Check): { opened: OpenedSuite; faults: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const offsetOf = (steps: readonly string[]): number => {
    const node = document.getIn(steps.map(stepOf), true) as { range?: [number, number, number] } | undefined;
    return node?.range?.[0] ?? (steps.length === 0 ? 0 : offsetOf(steps.slice(0, -1)));
  };
  const faults = document.errors.map(({ pos, message }) => `${at(pos[0])}: no valid YAML: ${message}`);
  const value: unknown = faults.length > 0 ? {} : document.toJS();
  if (faults.length === 0)
    for (const error of check(value)) {
      const steps = error.instancePath.split("/").slice(1);
      faults.push(`${at(offsetOf(steps))}: ${sentenceOf(steps, error)}`);
    }
  const suite = { bus: {}, ...(value as Partial<Suite>) } as Suite;
  if (faults.length === 0)
    for (const [i, test] of suite.tests.entries())
      faults.push(...sourceFaults(test).map((fault) => `${at(offsetOf(["tests", String(i)]))}: ${fault}`));
  return {
    opened: { path, suite, lineOf: (test) => lines.linePos(offsetOf(["tests", String(test)])).line },
    faults,
  };
}

/** Numbers are places in lists. */
const stepOf = (step: string): string | number => {
  const plain = step.replaceAll("~1", "/").replaceAll("~0", "~");
  return /^\d+$/.test(plain) ? Number(plain) : plain;
};

function sentenceOf(steps: readonly string[], { keyword, params, message }: ErrorObject): string {
  const where = steps.length === 0 ? "the file" : steps.map(stepOf).join(".");
  if (keyword === "additionalProperties") {
    const field = String(params.additionalProperty);
    const [near] = nearNames(field, known);
    return `${where}: unknown field ${field}${near === undefined ? "" : `: is ${near} meant?`}`;
  }
  if (keyword === "type") return `${where}: expected ${[params.type].flat().map(kindName).join(" or ")}`;
  if (keyword === "required") return `${where}: ${String(params.missingProperty)} is missing`;
  return `${where}: ${message}`;
}

const kindName = (type: string): string =>
  ({ array: "a list", object: "an object", string: "a text", boolean: "true or false" })[type] ?? `a ${type}`;

const known = [
  "bus",
  "tests",
  "from",
  "name",
  "tags",
  "parameters",
  "event",
  "file",
  "template",
  "values",
  "set",
  "expect",
  "rules",
  "targets",
  "bodies",
  "unrouted",
  "exactly",
  "atLeast",
  "noneOf",
  "equals",
  "contains",
  "paths",
  "snapshot",
];

function sourceFaults({ name, event, file, template, values, set }: Suite["tests"][number]): string[] {
  const sources = [event, file, template].filter((source) => source !== undefined);
  return [
    ...(sources.length === 1 ? [] : [`test ${name}: expected one of event, file and template`]),
    ...(template === undefined && values !== undefined ? [`test ${name}: values are for a template`] : []),
    ...(file !== undefined && set !== undefined ? [`test ${name}: set is for an event or a template`] : []),
  ];
}
