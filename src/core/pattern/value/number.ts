/**
 * The double that a number text stands for, if the shortest decimal of that double is exactly what is written
 * (so at most 17 significant digits, and finite); otherwise `undefined`. Such numbers compare by value, others by text.
 */
export function comparable(text: string): number | undefined {
  const double = Number(text);
  if (!Number.isFinite(double)) return undefined;
  // A whole number below 2^53 has no other spelling to be mistaken for.
  if (text.length < 16 && /^-?[0-9]+$/.test(text)) return double + 0;
  return decimal(text) === decimal(shortest(double)) ? double + 0 : undefined;
}

/** As the engine prints doubles: with two digits at least, which tells only at the smallest of them. */
const shortest = (double: number): string =>
  Math.abs(double) === Number.MIN_VALUE ? (double < 0 ? "-4.9e-324" : "4.9e-324") : String(double);

/** Sign, digits and exponent without superfluous zeros: equal for equal decimals. */
function decimal(text: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text)!;
  const digits = (whole! + fraction).replace(/^0+/, "");
  if (digits === "") return "0";
  const trimmed = digits.replace(/0+$/, "");
  return `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}

/**
 * An event's number as the service sees it: a float is turned into a double first, a whole number keeps its digits.
 * The text is how the engine writes it (`100000.0`, `1.0E10`), which the quirk of numbers against addresses shows.
 */
export function asTheServiceReads(text: string): { text: string; double: number | undefined } {
  if (!/[.eE]/.test(text)) return { text, double: comparable(text) };
  const double = Number(text);
  // The smallest double has gone through a spelling that the engine does not call comparable.
  const isComparable = Number.isFinite(double) && Math.abs(double) !== Number.MIN_VALUE;
  return { text: doubleText(double), double: isComparable ? double + 0 : undefined };
}

/** A float beyond all doubles, which the service hands to its engine as a string; `undefined` for other numbers. */
export const asInfinity = (text: string): string | undefined =>
  /[.eE]/.test(text) && !Number.isFinite(Number(text)) ? String(Number(text)) : undefined;

function doubleText(double: number): string {
  const size = Math.abs(double);
  if (size === 0) return Object.is(double, -0) ? "-0.0" : "0.0";
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(double) ? `${double}.0` : String(double);
  const [mantissa, exponent] = double.toExponential().split("e") as [string, string];
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
