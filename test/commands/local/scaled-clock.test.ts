import { expect, it } from "vitest";
import { scaledClock } from "../../../src/commands/local/scaled-clock.ts";
import { windableClock } from "../../../src/local/clock.ts";

it("passes faster than the clock it runs on", async () => {
  const slow = windableClock(1_000_000);
  const fast = scaledClock(slow, 60);
  const seen: [string, number][] = [];
  expect(fast.now()).toBe(1_000_000);
  fast.after(60_000, () => seen.push(["timer", fast.now()]));
  void fast.sleep(120_000).then(() => seen.push(["sleep", fast.now()]));
  const cancel = fast.after(60_000, () => seen.push(["cancelled", fast.now()]));
  cancel();
  await slow.advance(999);
  expect(seen).toEqual([]);
  await slow.advance(1001);
  expect(seen).toEqual([
    ["timer", 1_060_000],
    ["sleep", 1_120_000],
  ]);
});
