import { describe, expect, it } from "vitest";
import { inOrder } from "../../src/commands/ordered.ts";

async function* numbers(count: number, read: number[] = []) {
  for (let n = 0; n < count; n++) {
    read.push(n);
    yield n;
  }
  return "end";
}
const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe("work in order", () => {
  it("gives results in the order of the source, and what the source returned", async () => {
    const work = async (n: number) => {
      await later(n % 3 === 0 ? 6 : 1);
      return n * 2;
    };
    const results = inOrder(numbers(30), work, { concurrency: 4, window: 8 });
    const seen: number[] = [];
    let step = await results.next();
    for (; !step.done; step = await results.next()) seen.push(step.value);
    expect(seen).toEqual([...Array(30).keys()].map((n) => n * 2));
    expect(step.value).toBe("end");
  });

  it("has no more in hand than it may", async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await later(1);
      working--;
    };
    for await (const _ of inOrder(numbers(40), work, { concurrency: 5, window: 20 }));
    expect(most).toBe(5);
  });

  it("reads on past a slow head only as far as the window", async () => {
    const read: number[] = [];
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const results = inOrder(numbers(100, read), (n) => (n === 0 ? slow : later(0)), {
      concurrency: 3,
      window: 10,
    });
    const first = results.next();
    await later(40);
    expect(read).toHaveLength(10);
    release();
    await first;
    for await (const _ of results);
    expect(read).toHaveLength(100);
  });

  it("tells what came before a fault of the source, then the fault", async () => {
    async function* faulty() {
      yield 1;
      yield 2;
      throw new Error("broken");
    }
    const seen: number[] = [];
    const all = async () => {
      for await (const n of inOrder(faulty(), async (x) => x, { concurrency: 4, window: 8 })) seen.push(n);
    };
    await expect(all()).rejects.toThrow("broken");
    expect(seen).toEqual([1, 2]);
  });

  it("waits for what is in hand when it is left", async () => {
    let finished = 0;
    const work = async () => {
      await later(10);
      finished++;
    };
    for await (const _ of inOrder(numbers(50), work, { concurrency: 4, window: 8 })) break;
    const then = finished;
    await later(30);
    expect(finished).toBe(then);
  });
});
