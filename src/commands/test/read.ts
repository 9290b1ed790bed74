import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { isMap, isScalar, LineCounter, parseDocument, type Scalar } from "yaml";
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
  /** The line on which it says which bus is meant. */
  readonly busLine: number;
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
  const keyOffset = (steps: readonly string[], field: string): number | undefined => {
    const map = steps.length === 0 ? document.contents : document.getIn(steps.map(stepOf), true);
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === field) : undefined;
    return (pair?.key as Scalar | undefined)?.range?.[0];
  };
  const lineOf = (test: number): number => lines.linePos(offsetOf(["tests", String(test)])).line;
  const faults = document.errors.map(({ pos, message }) => `${at(pos[0])}: no valid YAML: ${message}`);
  const value: unknown = faults.length > 0 ? {} : document.toJS();
  if (faults.length === 0)
    for (const error of check(value)) {
      const steps = error.instancePath.split("/").slice(1);
      const field = error.params.additionalProperty as string | undefined;
      faults.push(
        `${at((field === undefined ? undefined : keyOffset(steps, field)) ?? offsetOf(steps))}: ${sentenceOf(steps, error)}`,
      );
    }
  const suite = { bus: {}, ...(value as Partial<Suite>) } as Suite;
  if (faults.length === 0)
    for (const [i, test] of suite.tests.entries()) {
      const before = suite.tests.findIndex(({ name }) => name === test.name);
      const twin = `test ${test.name}: the test on line ${lineOf(before)} has this name too`;
      for (const fault of [...sourceFaults(test), ...(before < i ? [twin] : [])])
        faults.push(`${at(offsetOf(["tests", String(i)]))}: ${fault}`);
    }
  return {
    opened: { path, suite, lineOf, busLine: lines.linePos(offsetOf(["bus"])).line },
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
  if (keyword === "minProperties" || keyword === "minItems") return `${where}: there is nothing in it`;
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
