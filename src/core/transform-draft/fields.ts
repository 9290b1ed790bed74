import { parsePath } from "../transform/index.ts";

/** A part of an event that a variable of an input template can stand for. */
export interface InputField {
  /** `$.detail.items[0].sku` */
  readonly path: string;
  readonly value: unknown;
}

/** Paths below this many steps are typed, not picked. */
const deepest = 6;
/** The detail says most, then what tells events apart. */
const first = ["detail", "detail-type", "source", "id", "time"];

/** The parts of an event, parents before their children; of an array itself and its first element. */
export function inputFields(event: object): InputField[] {
  const fields: InputField[] = [];
  const heads = Object.entries(event).sort(([a], [b]) => rank(a) - rank(b));
  for (const [key, value] of heads) visit(`$.${key}`, value, 1);
  return fields;

  function visit(path: string, value: unknown, level: number): void {
    // EventBridge takes no quotes in a path: a key with a blank cannot be reached.
    if (parsePath(path) === undefined) return;
    fields.push({ path, value });
    if (level >= deepest || typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      if (value.length > 0) visit(`${path}[0]`, value[0], level + 1);
    } else for (const [key, inner] of Object.entries(value)) visit(`${path}.${key}`, inner, level + 1);
  }
}

const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);

/** A name for a path's value: its last key, with as many before it as tell it from the others. */
export function variableName(path: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  const words = path.match(/[A-Za-z0-9_]+/g) ?? ["value"];
  for (let count = 1; count <= words.length; count++) {
    const name = camel(words.slice(-count));
    if (/^[A-Za-z_]/.test(name) && !names.has(name)) return name;
  }
  for (let n = 2; ; n++) if (!names.has(`${camel(words)}${n}`)) return `${camel(words)}${n}`;
}

const camel = ([head = "", ...rest]: readonly string[]): string =>
  head + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");

/** Why a name will not do for a variable; AWS's model of InputPathsMap has the letters. */
export function variableFault(name: string, taken: Iterable<string>): string | undefined {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) return "a name has letters, digits, _ and - only";
  return [...taken].includes(name) ? `there is a variable ${name} already` : undefined;
}

/** A JSON template with all the variables, to begin with. */
export const suggestTemplate = (names: readonly string[]): string =>
  `{${names.map((name) => `"${name}": <${name}>`).join(", ")}}`;
