const v4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const v6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
/** Longer texts are no v4 address, whatever they add up to. */
const v4Length = 15;

/**
 * The upper-case hex digits of an IP address (8 for v4, 32 for v6), or `undefined` where the text is none.
 * A v6 address that maps a v4 one is the v4 one. The mixed notation (`::ffff:10.0.0.1`) is no address here.
 */
export function parseAddress(text: string): string | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

/** Whether a text looks like an address at all; one that does and is none is "invalid" in AWS's words. */
export const looksLikeAddress = (text: string): boolean => v4.test(text) || v6.test(text);

function parseV4(text: string): string | undefined {
  if (text.length > v4Length || !v4.test(text)) return undefined;
  const parts = text.split(".");
  if (parts.some((part) => Number(part) > 255)) return undefined;
  return parts.map((part) => hex(Number(part), 2)).join("");
}

function parseV6(text: string): string | undefined {
  if (!v6.test(text)) return undefined;
  const [head, tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const before = head === "" ? [] : head!.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  if (![...before, ...after].every((group) => group !== "" && Number.parseInt(group, 16) <= 0xffff))
    return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<string>(missing).fill("0"), ...after];
  const digits = all.map((group) => hex(Number.parseInt(group, 16), 4)).join("");
  return digits.startsWith("00000000000000000000FFFF") ? digits.slice(24) : digits;
}

const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, "0");
