import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runIn } from "../../world.ts";
import { type Lab, ndjson, openLab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab[Symbol.asyncDispose]());

describe("--skip-invalid", () => {
  const [first, second, third] = ndjson(3).trimEnd().split("\n");
  const broken = ['{"source": shop}', '{"source":"shop","detail-type":"T","detail":[9007199254740993]}'];
  const input = [first, broken[0], second, broken[1], third].join("\n");
  const sentNumbers = () => lab.calls.flat().map(({ Detail }) => (JSON.parse(Detail) as { n: number }).n);

  it("leaves broken events out, keeps them as they were, and sends the rest", async () => {
    const argv = ["-", "-b", "orders", "--skip-invalid", "--failed", "failed.ndjson"];
    const { code, out, err } = await lab.put(argv, { stdin: input });
    expect(code).toBe(3);
    expect(out.match(/^published/gm)).toHaveLength(3);
    expect(err).toContain(
      'evb: standard input:2:12: no valid JSON: expected a value but found "s"; left out\n',
    );
    expect(err).toContain("evb: standard input:4: detail must be an object, found an array; left out\n");
    expect(err).toMatch(/^evb: published 3, 2 broken events left out on orders in /m);
    expect(err).toContain("hint: the events that are broken are in failed.ndjson as they were read");
    expect(sentNumbers()).toEqual([0, 1, 2]);
    expect(lab.read("failed.ndjson")).toBe(`${broken.join("\n")}\n`);
  });

  it("tells each in its place with --json", async () => {
    const { code, lines } = await lab.put(["-", "-b", "orders", "--skip-invalid", "--json"], {
      stdin: input,
    });
    expect(code).toBe(3);
    expect(lines().map((line) => [line.index, line.status, line.errorCode])).toEqual([
      [0, "published", undefined],
      [1, "failed", "BAD_EVENT"],
      [2, "published", undefined],
      [3, "failed", "BAD_EVENT"],
      [4, "published", undefined],
    ]);
  });

  it("goes through what is all broken, and through arrays, whose elements become lines", async () => {
    const argv = ["-", "-b", "orders", "--skip-invalid", "--failed", "failed.ndjson"];
    const stdin = '[\n  {\n    "source": "shop",\n    "n": 1\n  },\n  7\n]';
    const { code, err } = await lab.put(argv, { stdin });
    expect(code).toBe(3);
    expect(err).toContain("evb: no event was sent, 2 broken events left out");
    expect(lab.read("failed.ndjson")).toBe('{ "source": "shop", "n": 1 }\n7\n');
    expect(lab.calls).toEqual([]);
  });

  it("keeps what is no UTF-8 to the byte", async () => {
    const odd = Buffer.concat([Buffer.from('{"source":"'), Buffer.of(0xff), Buffer.from('"}')]);
    const stdin = Buffer.concat([odd, Buffer.from(`\n${first}\n`)]);
    const { code, err } = await lab.put(["-", "-b", "orders", "--skip-invalid", "--failed", "f"], { stdin });
    expect(code).toBe(3);
    expect(err).toContain("evb: standard input:1: the text is not UTF-8; left out");
    expect(readFileSync(join(lab.folder, "f"))).toEqual(Buffer.concat([odd, Buffer.from("\n")]));
  });

  it("counts for --skip, when a run is stopped", async () => {
    const typed = async function* () {
      yield `${first}\n${broken[0]}\n${second}\n`;
      await expect.poll(() => world.out().match(/published/g)?.length, { timeout: 5000 }).toBe(2);
      world.signal();
    };
    const world = lab.world(["-", "-b", "orders", "--skip-invalid"], { stdin: typed() });
    const { code, err } = await runIn(world);
    expect(code).toBe(130);
    expect(err).toContain("hint: go on with the same command and --skip 3");
  });

  it("shows in a dry run what would be left out", async () => {
    const { code, err } = await lab.put(["-", "--skip-invalid", "--dry-run"], { stdin: input });
    expect(code).toBe(3);
    expect(err).toContain("standard input:2:12: no valid JSON");
    expect(err).toContain("evb: 3 events in 3 batches");
    expect(lab.calls).toEqual([]);
  });
});
