import { putLimits } from "./limits.ts";

const shapes: Readonly<Record<string, RegExp>> = {
  Root: /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i,
  Parent: /^[0-9a-f]{16}$/i,
  Sampled: /^[01?]$/,
};

/**
 * What is wrong with an X-Ray trace header, or `undefined`. EventBridge drops a broken one without a word while the
 * event goes on, so it is refused here.
 */
export function traceFault(header: string): string | undefined {
  if (header.length > putLimits.traceHeaderChars)
    return `has ${header.length} characters; at most ${putLimits.traceHeaderChars} are allowed`;
  const parts = new Map<string, string>();
  for (const part of header.split(";")) {
    const [key = "", value] = part.trim().split("=", 2);
    if (value === undefined)
      return `expected key=value pairs separated by ";", found ${JSON.stringify(part)}`;
    parts.set(key, value);
  }
  if (!parts.has("Root")) return "has no Root: expected Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  for (const [key, value] of parts)
    if (shapes[key] && !shapes[key].test(value)) return `has a broken ${key}: ${JSON.stringify(value)}`;
  return undefined;
}
