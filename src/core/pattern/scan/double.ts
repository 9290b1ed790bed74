/**
 * Reads a number from its bytes and finds its end, in one pass. For numbers of everyday length only, without an
 * exponent: `NaN` says that the caller must take the long way round, over the text, which also tells what is wrong
 * with a broken one. Whatever else comes out is rounded correctly.
 */
export class DecimalReader {
  /** The offset behind the number that was read. */
  end = 0;

  read(bytes: Uint8Array, start: number, limit: number): number {
    const isNegative = bytes[start] === 0x2d;
    const first = isNegative ? start + 1 : start;
    let head = 0;
    let at = first;
    for (; at < limit; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      head = head * 10 + digit;
    }
    const whole = at - first;
    if (whole === 0 || whole > exactDigits || (whole > 1 && bytes[first] === 0x30)) return Number.NaN;
    this.end = at;
    const next = at < limit ? bytes[at]! : 0;
    const size = next === 0x2e ? this.#fraction(bytes, limit, head, exactDigits - whole) : head;
    if ((next | 0x20) === 0x65) return Number.NaN;
    return isNegative ? -size : size;
  }

  /** From the point on. Of the digits, `exact` still fit behind those of the head. */
  #fraction(bytes: Uint8Array, limit: number, head: number, exact: number): number {
    const first = this.end + 1;
    const stop = Math.min(limit, first + exact);
    let number = head;
    let at = first;
    let digit = 0;
    for (; at < stop; at++) {
      digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    const inHead = at;
    let rest = 0;
    if (at === stop)
      for (; at < limit; at++) {
        digit = bytes[at]! - 0x30;
        if (digit < 0 || digit > 9) break;
        rest = rest * 10 + digit;
      }
    this.end = at;
    if (at === first || at - first > mostDigits - exactDigits + exact) return Number.NaN;
    if (at < limit && (bytes[at]! | 0x20) === 0x65) return Number.NaN;
    const divisor = powers[at - first]!;
    return inHead === at ? number / divisor : divide(number, powers[at - inHead]!, rest, divisor);
  }
}

/** As many digits as make a whole number below 2^53, whatever they are. */
const exactDigits = 15;
/** As many digits as are worth while, and as many places as 10^n is still exact for. */
const mostDigits = 19;
const powers = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** (head * factor + rest) / divisor in twice the precision, rounded once; `NaN` where the rounding is a close call. */
function divide(head: number, factor: number, rest: number, divisor: number): number {
  const product = head * factor;
  const productRest = restOfProduct(head, factor, product) + rest;
  const high = product + productRest;
  const low = productRest - (high - product);
  const quotient = high / divisor;
  const back = quotient * divisor;
  const remainder = high - back - restOfProduct(quotient, divisor, back) + low;
  const correction = remainder / divisor;
  const result = quotient + correction;
  const error = Math.abs(correction - (result - quotient));
  const half = halfUnit(result);
  return Math.abs(error - half) < half * 1e-6 ? Number.NaN : result;
}

/** What rounding took from a product, exactly: Dekker's algorithm. */
function restOfProduct(a: number, b: number, product: number): number {
  const bigA = 134217729 * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = 134217729 * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Half the distance between a double (not a very small one) and the next. */
function halfUnit(value: number): number {
  double[0] = value;
  const high = isLittleEndian ? 1 : 0;
  const exponent = words[high]! & 0x7ff00000;
  words[high] = exponent - (53 << 20);
  words[1 - high] = 0;
  return double[0];
}
