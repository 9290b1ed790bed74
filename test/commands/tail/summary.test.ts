import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const start = (flags: string[], options = {}) => bench.start(["tail", "-b", "orders", ...flags], options);
const put = async () => {
  for (const state of ["open", "paid", "paid"]) await bench.put({ state });
  await bench.put({ other: 1 }, { type: "OrderNote" });
};

describe("evb tail --summary", () => {
  it("counts by source and detail type in place of showing events", async () => {
    const tail = start(["--summary", "--max", "4"]);
    await tail.saw("listening");
    await put();
    const { code, out, err } = await tail.outcome;
    expect(code).toBe(0);
    const rows = out.trimEnd().split("\n");
    expect(rows[0]).toMatch(/^COUNT {2}SOURCE {2}DETAIL-TYPE {2}FIRST +OVER$/);
    expect(rows[1]).toMatch(/^3 {6}shop {4}OrderPlaced {2}\d\d:\d\d:\d\d {2}\d+m?s$/);
    expect(rows[2]).toMatch(/^1 {6}shop {4}OrderNote {4}/);
    expect(rows).toHaveLength(3);
    expect(err).toContain("4 events in");
  });

  it("counts by what stands at a path, as JSON", async () => {
    const tail = start(["--group-by", "detail-type,detail.state", "--json", "--max", "4"]);
    await tail.saw("listening");
    await put();
    const { lines } = await tail.outcome;
    expect(lines().map(({ group, count }) => [group, count])).toEqual([
      [{ "detail-type": "OrderPlaced", "detail.state": "paid" }, 2],
      [{ "detail-type": "OrderPlaced", "detail.state": "open" }, 1],
      [{ "detail-type": "OrderNote", "detail.state": null }, 1],
    ]);
    const times = lines().flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]);
    for (const time of times) expect(new Date(String(time)).toISOString()).toBe(time);
  });

  it("says nothing on stdout when nothing came", async () => {
    const { code, out } = await start(["--summary", "--timeout", "50ms"]).outcome;
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });

  it("refuses a path that is none", async () => {
    const { code, err } = await start(["--group-by", "source,a..b"]).outcome;
    expect(code).toBe(2);
    expect(err).toContain('the path "a..b" is broken at character');
  });
});

describe("evb tail --save", () => {
  it("adds to a packed file, even to one that a crash has torn", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "evb-tail-"));
    const file = join(cwd, "events.ndjson.gz");
    const old = gzipSync('{"id":"old"}\n');
    const torn = gzipSync(`{"id":"torn","pad":"${"x".repeat(500)}"}\n`).subarray(0, 25);
    await writeFile(file, Buffer.concat([old, torn]));
    const tail = start(["--max", "2", "--save", "events.ndjson.gz"], { cwd });
    await tail.saw("listening");
    await bench.put({ id: 1 });
    await bench.put({ id: 2 });
    const { out } = await tail.outcome;
    expect(gunzipSync(await readFile(file)).toString()).toBe(`{"id":"old"}\n${out}`);
  });

  it("ends with an error when the disk is full, and says which file", async () => {
    const tail = start(["--save", "/dev/full"]);
    await tail.saw("listening");
    await bench.put({ id: 1 });
    const { code, err } = await tail.outcome;
    expect(code).toBe(2);
    expect(err).toContain("evb: error: /dev/full cannot be written: the disk is full");
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });
});
