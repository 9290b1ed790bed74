import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeWorld, runIn, type TestWorld } from "../../world.ts";

let cwd: string;
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const bus = (source: string) =>
  JSON.stringify({
    buses: { b: { rules: { r: { pattern: { source: [source] }, targets: [{ id: "t", queue: "q" }] } } } },
    queues: { q: {} },
  });
const suite = (extra = "") =>
  `bus: { from: bus.json }\ntests:\n  - name: is taken\n    file: event.json\n    expect: { rules: [r] }\n${extra}`;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "evb-watch-"));
  write("bus.json", bus("shop"));
  write("event.json", '{"source":"shop"}');
  write("a.evb.yaml", suite());
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Resolves when stderr has so many lines that say that a change is waited for. */
async function waits(world: TestWorld, times: number): Promise<string[]> {
  const runs = () => world.err().split(/evb: waiting for .*\n/);
  for (let tries = 0; runs().length <= times; tries++) {
    if (tries > 400) throw new Error(`no ${times} runs: ${world.err()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return runs();
}

describe("evb test --watch", () => {
  it("runs again when a suite, its bus, its events or the folder changes, and ends on Ctrl-C", async () => {
    const world = makeWorld(["test", "--watch"], { cwd });
    const ended = runIn(world);
    expect((await waits(world, 1))[0]).toContain("1 passed, 0 failed");
    write("bus.json", bus("another shop"));
    expect((await waits(world, 2))[1]).toMatch(/^evb: bus.json has changed\nevb: 0 passed, 1 failed/);
    write("event.json", '{"source":"another shop"}');
    expect((await waits(world, 3))[2]).toMatch(/^evb: event.json has changed\nevb: 1 passed/);
    write("b.evb.yaml", suite());
    expect((await waits(world, 4))[3]).toMatch(/^evb: the folder has changed\nevb: 2 passed/);
    world.signal();
    expect((await ended).code).toBe(130);
  });

  it("tells a mistake in a file, and goes on when it is mended", async () => {
    write("a.evb.yaml", suite("  - nam: x\n"));
    const world = makeWorld(["test", "--watch"], { cwd });
    const ended = runIn(world);
    expect((await waits(world, 1))[0]).toContain("evb: error: a.evb.yaml:6:5: tests.1: name is missing");
    write("a.evb.yaml", suite());
    expect((await waits(world, 2))[1]).toContain("1 passed, 0 failed");
    rmSync(join(cwd, "bus.json"));
    expect((await waits(world, 3))[2]).toContain("no such file or starter: bus.json");
    write("bus.json", bus("shop"));
    expect((await waits(world, 4))[3]).toContain("1 passed, 0 failed");
    world.signal("SIGTERM");
    expect((await ended).code).toBe(143);
  });

  it("does not take the snapshots that it keeps for a change", async () => {
    write(
      "a.evb.yaml",
      suite("      bodies: { t: { snapshot: true } }\n").replace("{ rules: [r] }\n", "\n      rules: [r]\n"),
    );
    const world = makeWorld(["test", "--watch", "--update"], { cwd });
    const ended = runIn(world);
    await waits(world, 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(world.err()).not.toContain("has changed");
    world.signal();
    await ended;
  });
});
