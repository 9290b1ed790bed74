import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runIn } from "../../world.ts";
import { type Lab, ndjson, openLab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab[Symbol.asyncDispose]());

describe("a live stream", () => {
  it("is sent while it is still open", async () => {
    let finish = () => {};
    const open = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const stdin = (async function* () {
      yield ndjson(3);
      await open;
      yield ndjson(1);
    })();
    const run = lab.put(["-", "-b", "orders"], { stdin });
    await expect.poll(() => lab.received.length, { timeout: 5000 }).toBe(3);
    finish();
    expect((await run).code).toBe(0);
    expect(lab.received).toHaveLength(4);
  });

  it("is not read ahead of what is acknowledged", async () => {
    let read = 0;
    const stdin = (async function* () {
      for (; read < 400; read++) yield ndjson(100);
    })();
    lab.fault = async ({ operation }) => {
      if (operation === "PutEvents") await new Promise(() => {});
      return undefined;
    };
    const world = lab.world(["-", "-b", "orders", "-q"], { stdin });
    const run = runIn(world);
    await expect.poll(() => lab.calls.length, { timeout: 5000 }).toBe(8);
    const before = read;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(read).toBe(before);
    expect(read).toBeLessThan(150);
    world.signal();
    world.signal();
    expect((await run).code).toBe(130);
  });
});

describe("--rate", () => {
  it("spreads the events evenly", async () => {
    const started = performance.now();
    const { code } = await lab.put(["-", "-b", "orders", "--rate", "100"], { stdin: ndjson(60) });
    expect(code).toBe(0);
    // The first ten go at once, the others a tenth of a second apart.
    expect(performance.now() - started).toBeGreaterThan(490);
    expect(lab.calls.map((entries) => entries.length)).toEqual(Array(6).fill(10));
  });
});
