import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { unless } from "../../../src/commands/dlq/unless.ts";

it("gives what comes first, the promise or the signal", async () => {
  const stop = new AbortController();
  expect(await unless(stop.signal, Promise.resolve(1))).toBe(1);
  await expect(unless(stop.signal, Promise.reject(new Error("no")))).rejects.toThrow("no");
  const late = unless(stop.signal, new Promise(() => {}));
  stop.abort();
  expect(await late).toBeUndefined();
  expect(await unless(stop.signal, new Promise(() => {}))).toBeUndefined();
});

it("keeps nothing of what has passed: a long run has a hundred thousand of them", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { signal } = new AbortController();
  const passed: WeakRef<object>[] = [];
  const pass = async () => {
    const value = {};
    passed.push(new WeakRef(value));
    await unless(signal, Promise.resolve(value));
  };
  for (let n = 0; n < 20; n++) await pass();
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  expect(passed.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(3);
});
