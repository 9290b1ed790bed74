import { expect, it } from "vitest";
import { openPacer } from "../../../src/commands/put/batches.ts";
import type { Clock } from "../../../src/core/clock.ts";
import { systemClock } from "../../../src/shell/clock.ts";

it("lets no second see more events than the rate, also when a call arrives late", async () => {
  let now = 0;
  let late = () => {};
  const clock: Clock = {
    ...systemClock,
    now: () => now,
    sleep: async (ms) => {
      const until = now + ms;
      if (until >= 80) late();
      now = until;
    },
  };
  const pacer = openPacer(clock, 100, new AbortController().signal)!;
  const arrived: number[] = [];
  const end = (at: number) => {
    now = at;
    arrived.push(at);
    pacer.end(10);
  };
  await pacer.begin(10);
  late = () => {
    late = () => {};
    end(80);
  };
  for (let call = 1; call < 30; call++) {
    await pacer.begin(10);
    end(now);
  }
  const inSecond = arrived.map((from) => arrived.filter((at) => at >= from && at < from + 1000).length);
  expect(Math.max(...inSecond)).toBe(10);
  expect(arrived.at(-1)).toBeLessThan(3100);
});

it("waits for no clock that is set back", async () => {
  let now = 3_600_000;
  let slept = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      slept += ms;
    },
  };
  const pacer = openPacer(clock, 10, new AbortController().signal)!;
  for (let call = 0; call < 20; call++) {
    if (call === 10) now = 0;
    await pacer.begin(1);
    pacer.end(1);
  }
  expect(slept).toBeGreaterThan(1800);
  expect(slept).toBeLessThan(2300);
});
