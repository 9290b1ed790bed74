import { findValue, normalJson, parsePath } from "../transform/index.ts";
import type { Failure } from "./failure.ts";
import type { BodyExpectation } from "./suite.ts";

/** What is not as expected about the body that a target receives. */
export function judgeBody(
  at: string,
  body: string,
  wanted: BodyExpectation,
  kept: string | undefined,
): Failure[] {
  return [
    ...("equals" in wanted ? judgeWhole(at, body, wanted.equals) : []),
    ...("contains" in wanted ? judgePart(at, body, wanted.contains) : []),
    ...Object.entries(wanted.paths ?? {}).flatMap(([path, value]) => judgePath(at, body, path, value)),
    ...(wanted.snapshot === true ? judgeSnapshot(at, body, kept) : []),
  ];
}

function judgeWhole(at: string, body: string, wanted: unknown): Failure[] {
  const found = parse(body);
  if (isEqual(found, wanted) || body === wanted) return [];
  return [
    { at, message: "the body is another one", diff: { wanted: show(wanted), found: show(found ?? body) } },
  ];
}

function judgePart(at: string, body: string, wanted: unknown): Failure[] {
  const found = parse(body);
  if (found === undefined && typeof wanted === "string" && body.includes(wanted)) return [];
  if (found !== undefined && holds(found, wanted)) return [];
  const shown = found === undefined ? body : reduced(found, wanted);
  return [
    {
      at,
      message: "the body lacks what it should contain",
      diff: { wanted: show(wanted), found: show(shown) },
    },
  ];
}

function judgePath(at: string, body: string, path: string, wanted: unknown): Failure[] {
  const where = `${at}.paths.${path}`;
  const steps = parsePath(path);
  if (steps === undefined) return [{ at: where, message: `${path} is no path: $.order.id is one` }];
  if (parse(body) === undefined) return [{ at: where, message: "the body is no JSON, so it has no paths" }];
  const found = findValue(normalJson(body), steps);
  if (found === undefined) return [{ at: where, message: `the body has nothing at ${path}` }];
  if (isEqual(JSON.parse(found), wanted)) return [];
  return [{ at: where, message: `${path} is ${found}, expected ${JSON.stringify(wanted)}` }];
}

function judgeSnapshot(at: string, body: string, kept: string | undefined): Failure[] {
  if (kept === undefined)
    return [{ at, message: "there is no snapshot of this body yet: evb test --update keeps one" }];
  if (kept === body) return [];
  const [wanted, found] = [parse(kept) ?? kept, parse(body) ?? body];
  return [
    {
      at,
      message: "the body is not the one that was kept (evb test --update keeps the new one)",
      diff: { wanted: show(wanted), found: show(found) },
    },
  ];
}

/** `undefined` for a text that is no JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const show = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

/** Equal as JSON: the order of keys is of no account. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Json)[key], (b as Json)[key]))
  );
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function holds(found: unknown, wanted: unknown): boolean {
  if (!isObject(wanted) || !isObject(found)) return isEqual(found, wanted);
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(found, key) && holds(found[key], value),
  );
}

/** Of what was found, as much as was asked for, so that the difference shows nothing else. */
function reduced(found: unknown, wanted: unknown): unknown {
  if (!isObject(found) || !isObject(wanted)) return found;
  const keys = Object.keys(wanted).filter((key) => Object.hasOwn(found, key));
  return Object.fromEntries(keys.map((key) => [key, reduced(found[key], wanted[key])]));
}
