import { expect, it } from "vitest";
import { systemClock } from "../../src/shell/clock.ts";

it("lets any number wait for one signal, and Node has nothing to warn of", async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on("warning", note);
  const stop = new AbortController();
  const sleepers = Array.from({ length: 30 }, () => systemClock.sleep(60e3, stop.signal));
  await systemClock.sleep(1);
  stop.abort();
  await Promise.all(sleepers);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
