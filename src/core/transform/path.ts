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
export function findValue(json: string, path: Path): string | undefined {
  const found = select(json, path);
  return path.includes("all") ? `[${found.join(",")}]` : found[0];
}

function select(json: string, [step, ...rest]: Path): string[] {
  if (step === undefined) return [json];
  const next: string[] = [];
  const members = membersOf(json);
  if (step === "all") next.push(...members.map(({ value }) => value));
  else if ("index" in step) {
    if (json.startsWith("[") && step.index < members.length) next.push(members[step.index]!.value);
  } else {
    const member = members.findLast(({ key }) => key === step.key);
    if (member !== undefined) next.push(member.value);
  }
  return next.flatMap((value) => select(value, rest));
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
      key = JSON.parse(json.slice(at, end)) as string;
      at = end + 1;
    }
    const end = endOfValue(json, at);
    const value = json.slice(at, end);
    members.push(key === undefined ? { value } : { key, value });
    at = end + 1;
  }
  return members;
}

/** Just after the value that begins at `at`. */
function endOfValue(json: string, at: number): number {
  let depth = 0;
  for (let end = at; end < json.length; end++) {
    const here = json[end]!;
    if (here === '"') end = endOfString(json, end) - 1;
    else if (here === "{" || here === "[") depth++;
    else if (depth > 0) depth -= here === "}" || here === "]" ? 1 : 0;
    else if (here === "," || here === "}" || here === "]") return end;
  }
  return json.length;
}
