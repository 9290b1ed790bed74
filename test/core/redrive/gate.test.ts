import { expect, it } from "vitest";
import { Gate } from "../../../src/core/redrive/gate.ts";

/** Calls that wait to be answered, so that those in flight can be counted. */
function openCalls(gate: Gate) {
  const open: ((throttled: boolean) => void)[] = [];
  return {
    inFlight: () => open.length,
    start: (count: number) => {
      for (let n = 0; n < count; n++)
        void gate.run(() => new Promise<boolean>((answer) => open.push(answer)), Boolean);
    },
    async answer(throttled: boolean) {
      open.shift()!(throttled);
      for (let n = 0; n < 5; n++) await Promise.resolve();
    },
  };
}

it("lets half as many through after one was throttled, and more again as calls succeed", async () => {
  const gate = new Gate(8);
  const calls = openCalls(gate);
  calls.start(40);
  await Promise.resolve();
  expect(calls.inFlight()).toBe(8);
  await calls.answer(true);
  expect(gate.limit).toBe(4);
  // The other seven had begun before: what they meet says nothing new.
  for (let n = 0; n < 4; n++) await calls.answer(true);
  expect([gate.limit, gate.throttled]).toEqual([4, 5]);
  for (let n = 0; n < 6; n++) await calls.answer(false);
  expect(gate.limit).toBe(5);
  expect(calls.inFlight()).toBe(5);
  for (let n = 0; n < 24; n++) await calls.answer(false);
  expect(gate.limit).toBe(8);
});

it("always lets one through", async () => {
  const gate = new Gate(2);
  const calls = openCalls(gate);
  calls.start(6);
  for (let n = 0; n < 5; n++) {
    await Promise.resolve();
    await calls.answer(true);
  }
  expect([gate.limit, calls.inFlight()]).toEqual([1, 1]);
});
