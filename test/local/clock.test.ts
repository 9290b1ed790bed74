import { describe, expect, it } from "vitest";
import { windableClock } from "../../src/local/clock.ts";
import { outliving } from "../../src/local/site-clock.ts";

describe("a clock that is wound by hand", () => {
  it("runs what falls due in its order, each at its own moment", async () => {
    const clock = windableClock(1000);
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${clock.now()}`);
    clock.after(30, note("c"));
    clock.after(10, note("a"));
    clock.after(10, note("b"));
    clock.after(99, note("late"));
    await clock.advance(50);
    expect(seen).toEqual(["a@1010", "b@1010", "c@1030"]);
    expect(clock.now()).toBe(1050);
  });

  it("goes on after a task that throws, of which it tells", async () => {
    const clock = windableClock(0);
    const told: unknown[] = [];
    const outlived = outliving(clock, (error) => told.push(error));
    outlived.after(10, () => {
      throw new Error("broken");
    });
    outlived.after(20, () => told.push(outlived.now()));
    await clock.advance(30);
    expect(told).toEqual([new Error("broken"), 20]);
  });

  it("runs timers that a task sets, also after a promise", async () => {
    const clock = windableClock(0);
    const seen: number[] = [];
    clock.after(10, async () => {
      await clock.sleep(5);
      seen.push(clock.now());
    });
    await clock.advance(20);
    expect(seen).toEqual([15]);
  });

  it("does not run what was cancelled", async () => {
    const clock = windableClock(0);
    const seen: string[] = [];
    const cancels = ["a", "b", "c", "d", "e"].map((name, index) =>
      clock.after(5 - index, () => seen.push(name)),
    );
    cancels[1]!();
    cancels[4]!();
    await clock.advance(10);
    expect(seen).toEqual(["d", "c", "a"]);
  });

  it("ends a sleep when its signal aborts", async () => {
    const clock = windableClock(0);
    const stop = new AbortController();
    const slept = clock.sleep(1000, stop.signal);
    stop.abort();
    await slept;
    await clock.sleep(1000, stop.signal);
    expect(clock.now()).toBe(0);
  });
});
