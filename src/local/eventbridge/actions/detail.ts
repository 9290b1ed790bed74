import { limits } from "../../../core/pattern/limits.ts";

/** Whether a text is a JSON object that EventBridge takes, inside the envelope, which is a level of its own. */
export function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  } catch {
    // Whatever is wrong with it, it is no JSON: the caller answers MalformedDetail.
    return false;
  }
  const { depth, digits } = measure(text);
  return depth < limits.depth && digits <= limits.numberLength;
}

const quote = 0x22;
const backslash = 0x5c;

/** The greatest depth and the longest number of a text that is JSON. */
function measure(text: string): { readonly depth: number; readonly digits: number } {
  let depth = 0;
  let deepest = 0;
  let run = 0;
  let longest = 0;
  for (let at = 0; at < text.length; at++) {
    const here = text.charCodeAt(at);
    if (isPartOfNumber(here)) {
      longest = Math.max(longest, ++run);
      continue;
    }
    run = 0;
    if (here === quote) at = endOfString(text, at);
    else if (here === 0x7b || here === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (here === 0x7d || here === 0x5d) depth--;
  }
  return { depth: deepest, digits: longest };
}

const isPartOfNumber = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2d || code === 0x2b;

/** Where a string that begins at `at` closes. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === backslash ? 2 : 1;
  return end;
}

/** An entry that is not taken. */
export const failedEntry = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
