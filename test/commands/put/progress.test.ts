import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PutOptions } from "../../../src/commands/put/command.ts";
import { expectTotal } from "../../../src/commands/put/expect.ts";
import type { PutHappening } from "../../../src/commands/put/happening.ts";
import { putView } from "../../../src/commands/put/view.ts";
import { openScreen } from "../../../src/shell/screen.ts";
import { makeWorld } from "../../world.ts";

type Progress = Extract<PutHappening, { kind: "progress" }>;

const tally = {
  ...{ published: 900, failed: 90, unknown: 10, invalid: 0, maybeTwice: 0, barren: 0 },
  ...{ before: 0, beforeTwice: 0, ms: 2000 },
};

describe("the progress of a put", () => {
  it.each<[Partial<Progress>, string]>([
    [{}, "publishing: 1000, 500 a second, 100 failed"],
    [{ total: 3000 }, "publishing: 1000 of 3000, 500 a second, 100 failed, 4s left"],
    [{ total: 3000, isGuess: true }, "publishing: 1000 of about 3000, 500 a second, 100 failed, 4s left"],
    [{ total: 900, isGuess: true }, "publishing: 1000, 500 a second, 100 failed"],
    [
      { tally: { ...tally, failed: 0, unknown: 100, barren: 3 } },
      "publishing: 1000, 500 a second, 100 failed, circuit breaker at 3 of 5",
    ],
  ])("%j", async (about, text) => {
    const view = putView(await openScreen(makeWorld([], { tty: true }), {}), {} as PutOptions);
    const happening: Progress = { kind: "progress", tally, total: undefined, isGuess: false, ...about };
    expect(view(happening)).toEqual({ progress: text });
  });
});

describe("how many events are to come", () => {
  const cwd = mkdtempSync(join(tmpdir(), "evb-put-"));
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, "in.ndjson"), "x".repeat(5000));

  it.each([
    ["in.ndjson", {}, 490],
    ["in.ndjson", { ended: true }, undefined],
    ["in.ndjson", { readBytes: 0 }, undefined],
    ["in.ndjson.gz", {}, undefined],
    ["-", {}, undefined],
    ["gone", {}, undefined],
  ])("%s %j: %s", async (path, about, expected) => {
    const ahead = { seen: 100, passed: 10, readBytes: 1000, ended: false, ...about };
    const rest = { faulty: [], buses: new Set<string>(), items: undefined as never };
    const found = expectTotal({ ...ahead, ...rest }, [{ kind: "events", path }], makeWorld([], { cwd }));
    expect(await found).toBe(expected);
  });
});
