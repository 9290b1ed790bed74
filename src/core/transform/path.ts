import { endOfString } from "./normal.ts";

/** A key, an index, or everything (`*`). */
export type Step = { readonly key: string } | { readonly index: number } | "all";
export type Path = readonly Step[];

/**
 * The part of JSONPath that EventBridge takes: `$.detail.items[0].name`, `$.resources[*]`. Keys in brackets and quotes are refused
 * (measured in September 2026). `undefined` for what is no such path.
 */
export function parsePath(text: string): Path | undefined {
  if (!text.startsWith("$")) return undefined;
  const steps: Step[] = [];
  const step = /\.(\*|[\w\-/]+)|\[(\d+|\*)\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return undefined;
    const [, name, index] = found;
    if (name === "*" || index === "*") steps.push("all");
    else if (index !== undefined) steps.push({ index: Number(index) });
    else steps.push({ key: name! });
  }
  return steps;
}

/**
 * The text of what a path leads to in a normal JSON text, exactly as it stands there; `undefined` when it leads
 * nowhere. A path with `*` always leads to an array of what it finds.
 */
export const findValue = (json: string, path: Path): string | undefined => new JsonText(json).find(path);

/** A normal JSON text of which several values are wanted: what is read on the way to one is kept for the next. */
export class JsonText {
  readonly text: string;
  readonly #members = new Map<string, readonly Member[]>();

  constructor(text: string) {
    this.text = text;
  }

  /** As `findValue`. */
  find(path: Path): string | undefined {
    const found = select(this.text, path, (json) => this.#membersOf(json));
    return path.includes("all") ? `[${found.join(",")}]` : found[0];
  }

  #membersOf(json: string): readonly Member[] {
    let members = this.#members.get(json);
    if (members === undefined) {
      members = membersOf(json);
      this.#members.set(json, members);
    }
    return members;
  }
}

function select(json: string, path: Path, read: (json: string) => readonly Member[], at = 0): string[] {
  const step = path[at];
  if (step === undefined) return [json];
  const members = read(json);
  if (step === "all") return members.flatMap(({ value }) => select(value, path, read, at + 1));
  const member =
    "key" in step
      ? members.findLast(({ key }) => key === step.key)
      : json.startsWith("[")
        ? members[step.index]
        : undefined;
  return member === undefined ? [] : select(member.value, path, read, at + 1);
}

interface Member {
  /** Absent in an array. */
  readonly key?: string;
  readonly value: string;
}

function membersOf(json: string): Member[] {
  const isObject = json.startsWith("{");
  if (!isObject && !json.startsWith("[")) return [];
  const members: Member[] = [];
  let at = 1;
  while (at < json.length - 1) {
    let key: string | undefined;
    if (isObject) {
      const end = endOfString(json, at);
      const quoted = json.slice(at, end);
      key = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
      at = end + 1;
    }
    const end = endOfValue(json, at);
    const value = json.slice(at, end);
    members.push(key === undefined ? { value } : { key, value });
    at = end + 1;
  }
  return members;
}

const code = {
  quote: 0x22,
  comma: 0x2c,
  bracket: 0x5b,
  endBracket: 0x5d,
  brace: 0x7b,
  endBrace: 0x7d,
} as const;

/** Just after the value that begins at `at`. */
function endOfValue(json: string, at: number): number {
  let depth = 0;
  for (let end = at; end < json.length; end++) {
    const here = json.charCodeAt(end);
    if (here === code.quote) end = endOfString(json, end) - 1;
    else if (here === code.brace || here === code.bracket) depth++;
    else if (depth > 0) depth -= here === code.endBrace || here === code.endBracket ? 1 : 0;
    else if (here === code.comma || here === code.endBrace || here === code.endBracket) return end;
  }
  return json.length;
}
