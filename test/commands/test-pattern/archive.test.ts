import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { runEvb } from "../../world.ts";

const pattern = '{"detail":{"state":["ACTIVE"]}}';
const hit = '{"detail":{"state":"ACTIVE"},"n": 1.0}';
const miss = '{"detail":{"state":"CLOSED"}}';
const print = ["test-pattern", "-p", pattern, "--print"];

/** Pieces of a text, of so many bytes. */
function pieces(text: string, size: number): Uint8Array[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

/** The places of what was reported as broken. */
const placesOf = (err: string): string[] =>
  err.split("\n").flatMap((line) => /^evb: error: (.*?): /.exec(line)?.[1] ?? []);

describe("events of an archive, one a line", () => {
  const long = `{"text":"${"x".repeat(600_000)}","detail":{"state":"ACTIVE"}}`;

  it.each<[string, string, string, string[], number]>([
    ["all match", `${hit}\n${hit}\n`, `${hit}\n${hit}\n`, [], 0],
    ["some match", `${miss}\n${hit}\n${miss}\n`, `${hit}\n`, [], 1],
    ["CRLF is kept", `${hit}\r\n${miss}\r\n${hit}\r\n`, `${hit}\r\n${hit}\r\n`, [], 1],
    ["white space is kept", ` \t${hit}  \n${hit}\t\n`, ` \t${hit}  \n${hit}\t\n`, [], 0],
    ["a last line without its end gets one", `${miss}\n${hit}`, `${hit}\n`, [], 1],
    ["empty lines say nothing", `\n\n${hit}\n\n \r\n${hit}\n\n`, `${hit}\n${hit}\n`, [], 0],
    ["nothing at all", "", "", [], 1],
    ["a line of many chunks", `${miss}\n${long}\n${hit}\n`, `${long}\n${hit}\n`, [], 1],
    [
      "broken lines in the middle",
      `${hit}\n{"detail":\n${hit}\n{"a" 1}\n\nx\n${miss}\n${hit}\n`,
      `${hit}\n${hit}\n${hit}\n`,
      ["standard input:2:11", "standard input:4:6", "standard input:6:1"],
      2,
    ],
    [
      "what is no object",
      `${hit}\n1\n[${hit}]\nnull\n`,
      `${hit}\n`,
      ["standard input:2", "standard input:3", "standard input:4"],
      2,
    ],
    [
      "something behind an event",
      `${hit}\n${hit} x\n${hit},\n${hit}${hit}\n${hit} ${miss}\n`,
      `${hit}\n`,
      [
        `standard input:2:${hit.length + 2}`,
        `standard input:3:${hit.length + 1}`,
        `standard input:4:${hit.length + 1}`,
        `standard input:5:${hit.length + 2}`,
      ],
      2,
    ],
    [
      "what only looks so",
      `{"s":"}{ } {","detail":{"state":"ACTIVE"}}\n`,
      `{"s":"}{ } {","detail":{"state":"ACTIVE"}}\n`,
      [],
      0,
    ],
    ["a broken last line", `${hit}\n${hit.slice(0, -1)}`, `${hit}\n`, [`standard input:2:${hit.length}`], 2],
  ])("%s", async (_name, text, out, places, code) => {
    for (const size of text.length > 1000 ? [60_000] : [1, 7, 1000]) {
      const found = await runEvb(print, { stdin: pieces(text, size) });
      expect({ ...found, err: placesOf(found.err) }).toMatchObject({ out, err: places, code });
    }
  });

  it("keeps bytes that are no UTF-8 out, and names their line", async () => {
    const bad = Buffer.concat([Buffer.from(`${hit}\n{"a":"`), Buffer.of(0xff), Buffer.from('"}\n')]);
    const { out, err, code } = await runEvb(print, { stdin: bad });
    expect({ out, code }).toEqual({ out: `${hit}\n`, code: 2 });
    expect(err).toContain("standard input:2: byte 0xff");
  });

  it("counts, writes the others, and ends as grep does with --any", async () => {
    const stdin = `${miss}\n${hit}\n${miss}\n`;
    const run = (...flags: string[]) => runEvb(["test-pattern", "-p", pattern, ...flags], { stdin });
    expect(await run("--count", "--any")).toMatchObject({ out: "1\n", code: 0 });
    expect(await run("--count", "--invert")).toMatchObject({ out: "2\n", code: 1 });
    expect(await run("--count", "--json")).toMatchObject({ out: '{"matched":1,"total":3}\n', code: 1 });
    expect(await run("--invert")).toMatchObject({ out: `${miss}\n${miss}\n`, code: 1 });
  });

  it("numbers verdicts over broken lines", async () => {
    const stdin = `${miss}\n{\n${hit}\n`;
    const { lines, code } = await runEvb(["test-pattern", "-p", pattern, "--json"], { stdin });
    expect(code).toBe(2);
    expect(lines()).toEqual([
      { index: 0, match: false },
      {
        index: 1,
        error: "no valid JSON: expected a key in double quotes but the text ends",
        place: "standard input:2:2",
      },
      { index: 2, match: true },
    ]);
    const { out } = await runEvb(["test-pattern", "-p", pattern, "--explain"], { stdin });
    const told = out.split("\n").filter((line) => line.endsWith("match") || line.startsWith("└─"));
    expect(told).toEqual(["no match", "└─ detail", "match", "└─ detail"]);
  });

  it("reads several files one behind the other, each with its own line numbers", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "evb-archive-"));
    try {
      await writeFile(join(cwd, "a.ndjson"), `${hit}\n{\n${miss}`);
      await writeFile(join(cwd, "b.ndjson.gz"), gzipSync(`${miss}\n${hit}\n[\n`));
      await writeFile(join(cwd, "c.json"), `[\n  ${hit},\n  {"detail":\n    {"state": "ACTIVE"}}\n]\n`);
      const files = ["-e", "a.ndjson", "-e", "b.ndjson.gz", "-e", "c.json"];
      const { out, err, code } = await runEvb([...print, ...files], { cwd });
      expect(out).toBe(`${hit}\n${hit}\n${hit}\n{"detail":    {"state": "ACTIVE"}}\n`);
      expect(placesOf(err)).toEqual(["a.ndjson:2:2", "b.ndjson.gz:3:2"]);
      expect(code).toBe(2);
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  });
});
