import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "../../src/shell/lock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evb-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const gone = 2 ** 22 + 1;

describe("a lock", () => {
  it("is had by one, whom it names, until it is freed", () => {
    const lock = takeLock(path);
    expect("free" in lock).toBe(true);
    expect(takeLock(path)).toMatchObject({ pid: process.pid, host: hostname() });
    if ("free" in lock) lock.free();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that was removed by hand is free, and is freed without an error", () => {
    const lock = takeLock(path);
    rmSync(path);
    if ("free" in lock) lock.free();
    expect("free" in takeLock(path)).toBe(true);
  });

  it.each([
    ["of a process that is no more", { pid: gone, host: hostname(), started: "" }],
    ["of a process that had our number", { pid: process.pid, host: hostname(), started: "boot/1" }],
    ["of our number that says no more, and is not ours", { pid: process.pid }],
    ["of an earlier boot", { pid: process.ppid, host: hostname(), started: "boot/1" }],
    ["that says nothing", ""],
    ["that is something else's", ["x"]],
  ])("%s is taken over", (_, left) => {
    writeFileSync(path, left === "" ? "" : JSON.stringify(left));
    expect("free" in takeLock(path)).toBe(true);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  it("is had though a process was killed while it removed a stale one", () => {
    writeFileSync(path, "");
    writeFileSync(`${path}.stale`, "");
    utimesSync(`${path}.stale`, 0, 0);
    expect("free" in takeLock(path)).toBe(true);
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  it.each([
    ["another process that runs", { pid: process.ppid, host: hostname(), started: "" }],
    ["a process on another machine", { pid: gone, host: "elsewhere", started: "boot/1" }],
  ])("of %s is respected", (_, holder) => {
    writeFileSync(path, JSON.stringify(holder));
    expect(takeLock(path)).toEqual(holder);
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  it("is had by one process at a time, however many want it and whatever killed ones leave", async () => {
    const program = join(folder, "contend.mjs");
    await build({
      stdin: { contents: contender, resolveDir: import.meta.dirname, loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: program,
    });
    const contend = () => promisify(execFile)(process.execPath, [program, path]);
    const said = await Promise.all([contend(), contend(), contend()]);
    expect(said.map(({ stdout }) => stdout)).toEqual([
      "had it 40 times",
      "had it 40 times",
      "had it 40 times",
    ]);
    expect(readdirSync(folder).filter((name) => name.startsWith("lock."))).toEqual([]);
  });
});

/** Takes the lock again and again; in it makes a file that nobody else may have made. Some leave as if they were killed. */
const contender = `
import { closeSync, openSync, unlinkSync, writeFileSync } from "node:fs";
import { takeLock } from "../../src/shell/lock.ts";
const path = process.argv[2]!;
for (let had = 0; had < 40; ) {
  const lock = takeLock(path);
  if (!("free" in lock)) {
    await new Promise((resolve) => setTimeout(resolve, Math.random()));
    continue;
  }
  closeSync(openSync(path + "-inside", "wx"));
  await new Promise((resolve) => setTimeout(resolve, Math.random()));
  unlinkSync(path + "-inside");
  if (++had % 4 === 0) writeFileSync(path, JSON.stringify({ pid: ${gone} }));
  else lock.free();
}
process.stdout.write("had it 40 times");
`;
