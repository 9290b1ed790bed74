import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { openJournalFile, readJournalLines } from "../../src/shell/journal.ts";
import { makeWorld } from "../world.ts";

const line = (n: number) => JSON.stringify({ n, note: `${n} ${"x".repeat(400)} ${(n * 7919) % 104729}` });

it("a packed file that is torn anywhere gives back every line before the tear, and keeps it when it is mended", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "evb-journal-"));
  try {
    const world = makeWorld([], { cwd });
    const parts = Array.from({ length: 30 }, (_, n) =>
      gzipSync(`${line(3 * n)}\n${line(3 * n + 1)}\n${line(3 * n + 2)}\n`),
    );
    const whole = Buffer.concat(parts);
    const last = parts.at(-1)!.length;
    for (let cut = 1; cut < last; cut += 3) {
      writeFileSync(join(cwd, "j.gz"), whole.subarray(0, whole.length - cut));
      const before: string[] = [];
      for await (const { text } of readJournalLines(world, "j.gz")) before.push(text);
      expect(before.slice(0, 87), `cut ${cut}`).toEqual(Array.from({ length: 87 }, (_, n) => line(n)));
      const journal = await openJournalFile(world, "j.gz");
      await journal.append(["{}"]);
      await journal.close();
      const after = gunzipSync(readFileSync(join(cwd, "j.gz")))
        .toString()
        .split("\n");
      expect(after.slice(0, 87), `cut ${cut}`).toEqual(before.slice(0, 87));
      const isWhole = (text: string) => text !== "" && text.endsWith("}");
      expect(after.slice(0, -1), `cut ${cut}`).toEqual([...before.filter(isWhole), "{}"]);
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
