import { describe, expect, it } from "vitest";
import { fullJitter } from "../../src/core/backoff.ts";

describe("fullJitter", () => {
  const backoff = { baseMs: 100, capMs: 1000 };

  it("doubles its bound with each failure up to a cap", () => {
    const bounds = [1, 2, 3, 4, 5, 6, 500].map((failures) => fullJitter(backoff, failures, () => 1));
    expect(bounds).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
  });

  it("takes any share of the bound, and none", () => {
    expect(fullJitter(backoff, 2, () => 0.25)).toBe(50);
    expect(fullJitter(backoff, 2, () => 0)).toBe(0);
  });
});
