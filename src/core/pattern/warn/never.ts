import type { Branch, Leaf } from "../parse/pattern.ts";
import { type Warning, warnOfKey } from "./warning.ts";

/** Of every event a text, and always there. */
const texts = ["version", "id", "detail-type", "source", "account", "time", "region"];

/** Why no event can match: a reason for each branch. Empty where some branch may match. */
export function findNever(branches: readonly Branch[]): readonly Warning[] {
  const reasons: Warning[] = [];
  for (const branch of branches) {
    const reason = reasonOf(branch);
    if (reason === undefined) return [];
    if (!reasons.some(({ message }) => message === reason.message)) reasons.push(reason);
  }
  return reasons;
}

function reasonOf(branch: Branch): Warning | undefined {
  for (const leaf of branch) {
    const fault = faultOf(leaf);
    if (fault !== undefined) return { path: leaf.path, message: `${leaf.path}: ${fault}` };
  }
  return undefined;
}

function faultOf(leaf: Leaf): string | undefined {
  const { path, matchers } = leaf;
  const [key = "", ...below] = path.split(".");
  const wantsAbsence = matchers.some((matcher) => matcher.wantsAbsence);
  if (texts.includes(key)) {
    if (below.length > 0) return wantsAbsence ? undefined : `an event's ${key} is a text and has no fields`;
    if (matchers.every(isNoText)) return `an event's ${key} is always a text`;
  }
  if (wantsAbsence) return undefined;
  if (matchers.every(({ operator }) => operator === "numeric")) {
    const faults = matchers.map((matcher) => matcher.warn?.());
    if (faults.every((fault) => fault !== undefined)) return faults[0];
  }
  return warnOfKey(path);
}

/** No text satisfies it: a number, a word of JSON, a range of numbers, absence. */
function isNoText(matcher: Leaf["matchers"][number]): boolean {
  const { operator, wantsAbsence } = matcher;
  if (wantsAbsence === true || operator === "numeric") return true;
  return operator === "equals" && !matcher.print().startsWith('"');
}
