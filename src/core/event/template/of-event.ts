import { findSensitive } from "../../sensitive/find.ts";
import { renderPath, type Step } from "../path.ts";
import { escapeKey, escapeText, expr, isFreeName, quote } from "./quote.ts";

/** What of a captured event a template of it is made of. */
export interface Captured {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  /** Milliseconds since the epoch. */
  readonly time?: number | undefined;
}

export interface MadeTemplate {
  readonly template: object;
  /** Paths of values that look like secrets and were not kept. */
  readonly left: readonly string[];
}

/** Plain values below this many keys stay as they are: a variable for each of a hundred is no help. */
const deepest = 3;

const ids: readonly (readonly [shape: RegExp, expression: string])[] = [
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, "uuid()"],
  [/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "ulid()"],
];

/**
 * A template whose plain values are variables with what was captured as their default. Ids and times are made anew,
 * an id that stands in several places is the same in all of them, and what looks like a secret must be given.
 */
export function makeTemplateOf(event: Captured, description: string): MadeTemplate {
  const variables: Record<string, object> = {};
  const sensitive = new Map(findSensitive(event.detail).map(({ path, kind }) => [path, kind]));
  /** The variable that stands for an id. */
  const known = new Map<string, string>();
  const left: string[] = [];
  const plan = new Map<string, string>();
  // Variables first, so that an id is known wherever it stands.
  visit(event.detail, ["detail"], (value, steps) => {
    const path = renderPath(steps);
    const kind = sensitive.get(path);
    if (kind === undefined && (steps.length > deepest + 1 || steps.some((step) => typeof step === "number")))
      return;
    if (value === null || (typeof value === "string" && known.has(value))) return;
    const name = freeName(steps, variables);
    const preset = kind === undefined ? presetOf(value, event.time) : standInOf(kind);
    variables[name] = {
      ...(preset === undefined ? {} : { default: preset }),
      type: typeOf(value),
      description: kind === undefined ? path : `${path}: ${kind}, not kept`,
    };
    plan.set(path, name);
    if (preset === undefined) left.push(path);
    if (typeof value === "string" && ids.some(([shape]) => shape.test(value))) known.set(value, name);
  });
  const leaf = (value: unknown, steps: readonly Step[]): unknown => {
    const name = plan.get(renderPath(steps));
    if (name !== undefined) return typeof value === "string" ? expr(name) : { $eval: name };
    return typeof value === "string" ? withIds(value, known) : quote(value);
  };
  const template = {
    $template: { description, ...(Object.keys(variables).length > 0 && { variables }) },
    source: escapeText(event.source),
    "detail-type": escapeText(event.detailType),
    ...(event.resources.length > 0 && { resources: event.resources.map((text) => withIds(text, known)) }),
    time: expr("now"),
    detail: build(event.detail, ["detail"], leaf),
  };
  return { template, left };
}

function visit(
  value: unknown,
  steps: readonly Step[],
  see: (value: unknown, steps: readonly Step[]) => void,
): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) visit(item, [...steps, i], see);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) visit(item, [...steps, key], see);
  else see(value, steps);
}

function build(
  value: unknown,
  steps: readonly Step[],
  leaf: (value: unknown, steps: readonly Step[]) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((item, i) => build(item, [...steps, i], leaf));
  if (typeof value !== "object" || value === null) return leaf(value, steps);
  const entries = Object.entries(value).map(([key, item]) => [
    escapeKey(key),
    build(item, [...steps, key], leaf),
  ]);
  return Object.fromEntries(entries);
}

/** `id`, or `orderId` where that is taken: as many of the last keys as it needs. */
function freeName(steps: readonly Step[], taken: object): string {
  const words = steps.slice(1).map((step) => String(step).replace(/\W+/g, "_"));
  for (let count = 1; count <= words.length; count++) {
    const name = camel(words.slice(-count));
    if (isFreeName(name) && !Object.hasOwn(taken, name)) return name;
  }
  const base = `the_${camel(words)}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!Object.hasOwn(taken, name)) return name;
  }
}

const camel = ([first = "", ...rest]: readonly string[]): string =>
  first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");

function typeOf(value: unknown): string {
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "number";
  return typeof value;
}

/** What was captured, or an expression for what is another one in each event. */
function presetOf(value: unknown, time: number | undefined): unknown {
  if (typeof value === "number") {
    const isNear = (ms: number) => time !== undefined && Math.abs(ms - time) < 86_400_000;
    if (Number.isInteger(value) && isNear(value)) return { $eval: "epochMs()" };
    return Number.isInteger(value) && isNear(value * 1000) ? { $eval: "epoch()" } : value;
  }
  if (typeof value !== "string") return value;
  const id = ids.find(([shape]) => shape.test(value));
  if (id !== undefined) return expr(id[1]);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value)) return expr("now");
  return /^\d{4}-\d\d-\d\d$/.test(value) ? expr("date()") : escapeText(value);
}

/** An address can be made up; a secret cannot. */
const standInOf = (kind: string): unknown =>
  kind === "an e-mail address" ? `${expr("hex(6)")}@example.com` : undefined;

function withIds(text: string, known: ReadonlyMap<string, string>): string {
  let pieces: readonly (string | { readonly name: string })[] = [text];
  for (const [id, name] of known)
    pieces = pieces.flatMap((piece) =>
      typeof piece !== "string"
        ? [piece]
        : piece.split(id).flatMap((part, i) => (i === 0 ? [part] : [{ name }, part])),
    );
  return pieces.map((piece) => (typeof piece === "string" ? escapeText(piece) : expr(piece.name))).join("");
}
