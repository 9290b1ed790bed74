// The double that a decimal stands for: scan/double.ts, with the same answers.
#pragma once
#include "tokens.h"

/** As many digits as make a whole number below 2^53, whatever they are. */
enum { exactDigits = 15, mostDigits = 19, mostPlaces10 = 22 };

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const u64 tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/** What rounding took from a product, exactly: Dekker's algorithm. */
static inline double restOfProduct(double a, double b, double product) {
  double bigA = 134217729 * a, highA = bigA - (bigA - a), lowA = a - highA;
  double bigB = 134217729 * b, highB = bigB - (bigB - b), lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** number / divisor in twice the precision, rounded once; not a number where the rounding is a close call. */
static double divide(u64 number, double divisor) {
  double high = (double)number, low = (double)(long long)(number - (u64)high);
  double quotient = high / divisor, back = quotient * divisor;
  double correction = (high - back - restOfProduct(quotient, divisor, back) + low) / divisor;
  double result = quotient + correction;
  double error = __builtin_fabs(correction - (result - quotient));
  u64 exponent = __builtin_bit_cast(u64, result) & 0x7ff0000000000000;
  double half = __builtin_bit_cast(double, exponent - (53ull << 52));
  return __builtin_fabs(error - half) < half * 1e-6 ? __builtin_nan("") : result;
}

static inline u64 eightAt(const byte *at) {
  u64 eight;
  __builtin_memcpy(&eight, at, 8);
  return eight;
}

/** In eight bytes that are digits without their 0x30, the highest bit of each that is none. */
static inline u64 othersIn(u64 eight) {
  return (((eight & 0x7f7f7f7f7f7f7f7f) + 0x7676767676767676) | eight) & 0x8080808080808080;
}

/** The number that eight digits make: pairs first, then pairs of pairs. */
static inline u64 numberOf(u64 eight) {
  eight = eight * 2561 >> 8;
  eight = (eight & 0x00ff00ff00ff00ff) * 6553601 >> 16;
  return (eight & 0x0000ffff0000ffff) * 42949672960001 >> 32;
}

/** Appends digits to a number, eight at once, and the last of them with zeros in front. */
static inline const byte *readDigits(const byte *at, u64 *number) {
  for (;; at += 8) {
    u64 eight = eightAt(at) ^ 0x3030303030303030, others = othersIn(eight);
    int digits = others ? __builtin_ctzll(others) / 8 : 8;
    if (digits == 0) return at;
    *number = *number * tens[digits] + numberOf(eight << (64 - 8 * digits));
    if (digits < 8) return at + digits;
  }
}

/** Behind a number, or 0; its double, or what is not a number where the text must be asked. */
static inline const byte *readNumber(const byte *at, double *value) {
  int isNegative = *at == '-';
  const byte *first = at += isNegative;
  u64 number = 0;
  for (; isDigit(*at); at++) number = number * 10 + (*at - '0');
  int whole = at - first, places = 0;
  if (whole == 0 || (whole > 1 && *first == '0')) return 0;
  if (*at == '.') {
    first = ++at;
    at = readDigits(at, &number);
    if ((places = at - first) == 0) return 0;
  }
  int isOdd = whole > exactDigits || whole + places > mostDigits || places > mostPlaces10;
  if ((*at | 32) == 'e') {
    at += at[1] == '+' || at[1] == '-' ? 2 : 1;
    if (!isDigit(*at)) return 0;
    at = skipDigits(at);
    isOdd = 1;
  }
  double size = isOdd ? __builtin_nan("") : number >> 53 ? divide(number, powers[places]) : number / powers[places];
  // A zero has no sign here.
  *value = (isNegative ? -size : size) + 0;
  return at;
}
