/** Lengths and beginnings that card networks give out; without them one number in ten of any kind would be taken for one. */
const networks = [
  /^4\d{12}(?:\d{3})?(?:\d{3})?$/,
  /^5[1-5]\d{14}$/,
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[68]\d)\d{11}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
  /^62\d{14,17}$/,
];

/** A text has a number in it that a card may have: of a network, with the right check digit (Luhn). */
export function isCardNumber(text: string): boolean {
  if (!/\d{4}/.test(text)) return false;
  for (const [candidate] of text.matchAll(/(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g)) {
    const digits = candidate.replace(/\D/g, "");
    if (networks.some((network) => network.test(digits)) && hasLuhnDigit(digits)) return true;
  }
  return false;
}

function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const counted = i % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
