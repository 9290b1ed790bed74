import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readRecords } from "../../src/shell/records.ts";
import { makeWorld } from "../world.ts";

async function recordsOf(text: string | Uint8Array, pieces = 7): Promise<[number, string][]> {
  const bytes = Buffer.from(text);
  const stdin = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, i) =>
    bytes.subarray(i * pieces, (i + 1) * pieces),
  );
  const found: [number, string][] = [];
  for await (const { line, bytes } of readRecords(makeWorld([], { stdin }), "-"))
    found.push([line, Buffer.from(bytes).toString()]);
  return found;
}

describe("records of a file of events", () => {
  it.each<[string, string, [number, string][]]>([
    ["one event", '{"a":1}', [[1, '{"a":1}']]],
    ["one event over lines", '\n{\n  "a": 1\n}\n', [[2, '{\n  "a": 1\n}']]],
    [
      "one a line, byte for byte",
      '{"a":1} \r\n\n{"b": 2}\n',
      [
        [1, '{"a":1} \r'],
        [3, '{"b": 2}'],
      ],
    ],
    [
      "one a line, the first broken",
      '{"a":\n{"b":2}\n',
      [
        [1, '{"a":'],
        [2, '{"b":2}'],
      ],
    ],
    [
      "an array",
      '[{"a":"]"},\n {"b":[1,{"c":"\\"]"}]}]',
      [
        [1, '{"a":"]"}'],
        [2, '{"b":[1,{"c":"\\"]"}]}'],
      ],
    ],
    ["an array behind white space", '\n  [{"a":1}]\n', [[2, '{"a":1}']]],
    ["an empty array", "[]", []],
    [
      "an array of other things",
      '[1, "x", null]',
      [
        [1, "1"],
        [1, '"x"'],
        [1, "null"],
      ],
    ],
    [
      "an array that does not end",
      '[{"a":1},',
      [
        [1, '{"a":1}'],
        [1, "["],
      ],
    ],
    [
      "an array that is cut off behind an element",
      '[{"a":1},\n{"b":2}\n',
      [
        [1, '{"a":1}'],
        [2, '{"b":2}'],
        [3, "["],
      ],
    ],
    ["an array that is cut off within an element", '[{"a":[1', [[1, '{"a":[1']]],
    [
      "text behind an array",
      '[{"a":1}] x',
      [
        [1, '{"a":1}'],
        [1, " x"],
      ],
    ],
    ["nothing", " \n\n", []],
  ])("%s", async (_name, text, expected) => {
    expect(await recordsOf(text)).toEqual(expected);
    expect(await recordsOf(text, 1000)).toEqual(expected);
  });

  it("leaves a byte order mark out, and unpacks what is packed, however small the pieces", async () => {
    const text = '\ufeff{"a":1}\r\n{"b":2}\n';
    const expected = [
      [1, '{"a":1}\r'],
      [2, '{"b":2}'],
    ];
    for (const pieces of [1, 2, 1000]) {
      expect(await recordsOf(text, pieces)).toEqual(expected);
      expect(await recordsOf(gzipSync(text), pieces)).toEqual(expected);
    }
    expect(await recordsOf("\ufeff", 1)).toEqual([]);
    await expect(recordsOf(gzipSync(text).subarray(0, 20))).rejects.toThrow(
      "standard input is no valid gzip file",
    );
  });

  it("tells what has come of a live stream before the next piece comes", async () => {
    const told: string[] = [];
    const waiting: (() => void)[] = [];
    // Goes on only when a record has been told, and so for ever waits for one that is held back.
    const toldOne = () => new Promise<void>((resolve) => waiting.push(resolve));
    const stdin = (async function* () {
      yield '{"a":1}\n{"b"';
      await toldOne();
      yield ":2}\n";
      await toldOne();
      yield '{"c":3}';
    })();
    for await (const { bytes } of readRecords(makeWorld([], { stdin }), "-")) {
      told.push(Buffer.from(bytes).toString());
      await new Promise(setImmediate);
      waiting.shift()?.();
    }
    expect(told).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it("puts a line together that comes in very many pieces", async () => {
    const long = `{"a":"${"x".repeat(100_000)}"}`;
    expect(await recordsOf(`{}\n${long}\n{}\n`, 11)).toEqual([
      [1, "{}"],
      [2, long],
      [3, "{}"],
    ]);
  });

  it("unpacks gzip by the file's name and names what is no gzip", async () => {
    const folder = await mkdtemp(join(tmpdir(), "evb-records-"));
    const collect = async (file: string) => {
      const texts: string[] = [];
      for await (const { bytes } of readRecords(makeWorld([], { cwd: folder }), file))
        texts.push(Buffer.from(bytes).toString());
      return texts;
    };
    try {
      await writeFile(join(folder, "events.gz"), gzipSync('{"a":1}\n{"b":2}\n'));
      await writeFile(join(folder, "no.gz"), "plain");
      expect(await collect("events.gz")).toEqual(['{"a":1}', '{"b":2}']);
      await expect(collect("no.gz")).rejects.toThrow("no.gz is no valid gzip file");
      await expect(collect("gone.json")).rejects.toThrow("no such file: gone.json");
      await expect(collect(".")).rejects.toThrow(". is a directory");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
