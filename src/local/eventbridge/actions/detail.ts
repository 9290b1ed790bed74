import { limits } from "../../../core/pattern/limits.ts";

/** Whether a text is a JSON object of a depth that EventBridge takes. */
export function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === "object" && value !== null && !Array.isArray(value) && depthOf(text) <= limits.depth
    );
  } catch {
    // Whatever is wrong with it, it is no JSON: the caller answers MalformedDetail.
    return false;
  }
}

/** Of a text that is JSON. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const here = text.charCodeAt(at);
    if (here === 0x22) at = endOfString(text, at);
    else if (here === 0x7b || here === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (here === 0x7d || here === 0x5d) depth--;
  }
  return deepest;
}

/** Where a string that begins at `at` closes. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text.charCodeAt(end) !== 0x22) end += text.charCodeAt(end) === 0x5c ? 2 : 1;
  return end;
}
