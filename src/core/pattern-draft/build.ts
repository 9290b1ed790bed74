import { type Condition, renderField } from "./condition.ts";
import { Fault } from "./fault.ts";

type Level = { [key: string]: Level | unknown[] };

/**
 * The pattern that asks for all of it. Several conditions on one field are alternatives, but for `anything-but`: there
 * they are one list of what must not be, as alternatives of it would let everything pass.
 */
export function buildPattern(conditions: readonly Condition[]): object | Fault {
  const root: Level = openLevel();
  for (const { path, matcher } of conditions) {
    let level = root;
    for (const [i, step] of path.slice(0, -1).entries()) {
      level[step] ??= openLevel();
      const next = level[step];
      if (Array.isArray(next)) return bothFault(path.slice(0, i + 1), path);
      level = next;
    }
    const last = path.at(-1)!;
    level[last] ??= [];
    const list = level[last];
    if (!Array.isArray(list)) return bothFault(path, below(path, list));
    level[last] = joined(list, matcher);
  }
  return root;
}

/** Without a prototype, so that a field may be called `__proto__`. */
const openLevel = (): Level => Object.create(null) as Level;

const below = (path: readonly string[], level: Level): readonly string[] => [...path, Object.keys(level)[0]!];

const bothFault = (value: readonly string[], inner: readonly string[]): Fault =>
  new Fault(
    `${renderField(value)} is matched as a value, so ${renderField(inner)} below it cannot be matched too`,
  );

function joined(list: readonly unknown[], matcher: unknown): unknown[] {
  const text = JSON.stringify(matcher);
  if (list.some((each) => JSON.stringify(each) === text)) return [...list];
  const excluded = excludedOf(matcher);
  const at = excluded === undefined ? -1 : list.findIndex((each) => excludedOf(each)?.form === excluded.form);
  if (excluded === undefined || at < 0) return [...list, matcher];
  const values = [...new Set([...excludedOf(list[at])!.values, ...excluded.values])];
  const inner = values.length === 1 ? values[0] : values;
  const whole = { "anything-but": excluded.form === "" ? inner : { [excluded.form]: inner } };
  return list.map((each, i) => (i === at ? whole : each));
}

/** What an `anything-but` excludes, and how: by `prefix`, or as it is (`""`). */
function excludedOf(
  matcher: unknown,
): { readonly form: string; readonly values: readonly unknown[] } | undefined {
  const value = (matcher as { "anything-but"?: unknown } | null)?.["anything-but"];
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { form: "", values: [value].flat() };
  const [[form, inner]] = Object.entries(value) as [[string, unknown]];
  return { form, values: [inner].flat() };
}
