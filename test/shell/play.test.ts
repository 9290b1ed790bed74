import { describe, expect, it } from "vitest";
import { PipeClosed, play } from "../../src/shell/play.ts";
import { openScreen } from "../../src/shell/screen.ts";
import { makeWorld } from "../world.ts";

async function* counting(upTo: number, log: string[]): AsyncGenerator<number, number> {
  try {
    for (let n = 1; n <= upTo; n++) yield n;
    return 3;
  } finally {
    log.push("cleaned up");
  }
}

describe("play", () => {
  it("writes what the view makes of each happening and gives the run's exit code", async () => {
    const world = makeWorld([]);
    const view = (n: number) => (n === 2 ? { err: "two" } : { out: String(n) });
    expect(await play(world, await openScreen(world, {}), counting(3, []), view)).toBe(3);
    expect(world.out()).toBe("1\n3\n");
    expect(world.err()).toBe("two\n");
  });

  it("ends the run, with its clean-up, when the reader goes away", async () => {
    const world = makeWorld([], { closeAfter: 20 });
    const log: string[] = [];
    const run = counting(1e6, log);
    await expect(play(world, await openScreen(world, {}), run, (n) => ({ out: String(n) }))).rejects.toThrow(
      PipeClosed,
    );
    expect(log).toEqual(["cleaned up"]);
  });

  it("draws no progress where stderr is no terminal", async () => {
    const world = makeWorld([]);
    await play(world, await openScreen(world, {}), counting(2, []), (n) => ({ progress: `at ${n}` }));
    expect(world.err()).toBe("");
  });
});

describe("colour", () => {
  it.each<[string, { tty: boolean; env?: Record<string, string>; color?: boolean; json?: boolean }, boolean]>(
    [
      ["at a terminal", { tty: true }, true],
      ["in a pipe", { tty: false }, false],
      ["NO_COLOR", { tty: true, env: { NO_COLOR: "1" } }, false],
      ["an empty NO_COLOR", { tty: true, env: { NO_COLOR: "" } }, true],
      ["--no-color", { tty: true, color: false }, false],
      ["FORCE_COLOR in a pipe", { tty: false, env: { FORCE_COLOR: "1" } }, true],
      ["FORCE_COLOR=0", { tty: true, env: { FORCE_COLOR: "0" } }, false],
      ["a dumb terminal", { tty: true, env: { TERM: "dumb" } }, false],
      ["--json", { tty: true, json: true }, false],
    ],
  )("%s", async (_name, { tty, env = {}, ...options }, coloured) => {
    const { paint } = await openScreen(makeWorld([], { tty, env }), options);
    expect(paint.bold.red("x")).toBe(coloured ? "\u001b[1m\u001b[31mx\u001b[39m\u001b[22m" : "x");
  });
});
