import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runIn } from "../../world.ts";
import { type Lab, ndjson, openLab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab[Symbol.asyncDispose]());

const put = (argv: readonly string[], stdin: string | Uint8Array = "") =>
  lab.put([...argv, "-b", "orders", "--journal", "j"], { stdin });
const numbers = () => lab.received.map(({ detail }) => (detail as { n: number }).n).sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const denied = { status: 400, body: { __type: "AccessDeniedException", message: "no" } };

/** A run that is denied everything after its second call. */
async function breakOff(argv: readonly string[], stdin = "") {
  lab.fault = ({ operation, nth }) => (operation === "PutEvents" && nth >= 2 ? denied : undefined);
  const broken = await put([...argv, "--concurrency", "1"], stdin);
  lab.fault = () => undefined;
  expect([broken.code, lab.received.length]).toEqual([4, 20]);
  return broken;
}

describe("--journal", () => {
  it("lets the same command go on with what was not published", async () => {
    const input = ndjson(35);
    const broken = await breakOff(["-"], input);
    expect(broken.err).toContain("hint: the same command goes on: j knows what has been published");
    const again = await put(["-", "--json"], input);
    expect(again.code).toBe(0);
    expect(again.lines().map(({ index }) => index)).toEqual(upTo(35).slice(20));
    expect(again.err).toMatch(/published 15 on orders in .*; 20 had been published before \(j\)/);
    expect(numbers()).toEqual(upTo(35));
    const third = await put(["-", "--json"], input);
    expect([third.code, third.out]).toEqual([0, ""]);
    expect(third.err).toBe("evb: no event was sent; 35 had been published before (j)\n");
    expect(numbers()).toEqual(upTo(35));
  });

  it("knows the input by its content, wherever it comes from", async () => {
    await breakOff(["-"], ndjson(35));
    const { gzipSync } = await import("node:zlib");
    expect((await put([lab.write("other-name.ndjson.gz", gzipSync(ndjson(35)))])).code).toBe(0);
    expect(numbers()).toEqual(upTo(35));
  });

  it("takes an input that has grown at its end", async () => {
    expect((await put(["-"], ndjson(5))).code).toBe(0);
    expect((await put(["-"], ndjson(9))).code).toBe(0);
    expect(numbers()).toEqual(upTo(9));
  });

  it.each([
    [
      "an event that was published is another",
      3,
      "standard input:4: is not the event that j has in this place (event 4)",
    ],
    [
      "an event that failed is another",
      25,
      "standard input:26: is not the event that j has in this place (event 26)",
    ],
    ["it is shorter", undefined, "the end of the input: the input has 10 events, and j knows 30 of it"],
  ])("refuses an input in which %s, before anything is sent", async (_, changed, sentence) => {
    await breakOff(["-"], ndjson(35));
    const calls = lab.calls.length;
    const input = changed === undefined ? ndjson(10) : ndjson(35, (n) => ({ n: n === changed ? 99 : n }));
    const { code, err } = await put(["-", "--skip-invalid", "--failed", "f"], input);
    expect([code, err]).toEqual([2, `evb: error: ${sentence}\n`]);
    expect(lab.calls.length).toBe(calls);
  });

  it("stops at a changed event that comes while it sends already", async () => {
    expect((await put(["-", "--skip", "5"], ndjson(10))).code).toBe(0);
    const changed = ndjson(10, (n) => ({ n: n === 7 ? 99 : n })).split("\n");
    const live = async function* () {
      yield `${changed.slice(0, 3).join("\n")}\n`;
      await expect.poll(() => lab.received.length).toBe(8);
      yield changed.slice(3).join("\n");
    };
    const { code, err } = await lab.put(["-", "-b", "orders", "--journal", "j"], { stdin: live() });
    expect([code, err]).toEqual([3, expect.stringContaining("stopped at standard input:8, after event 5")]);
    expect(err).toContain("evb: standard input:8: is not the event that j has in this place (event 8)");
    expect(numbers()).toEqual(upTo(10));
  });

  it("refuses options that would make other events, or send them elsewhere, by their names alone", async () => {
    await breakOff(["-"], ndjson(35));
    for (const [args, name] of [
      [["--set", "detail.secret=hunter2"], "--set"],
      [["--metadata"], "--metadata"],
      [["--seed", "3"], "--seed"],
      [["--source", "b", "--time", "2026-01-02T03:04:05Z"], "--source and another --time"],
      [["--region", "eu-west-1", "--endpoint-id", "abc.veo"], "--endpoint-id"],
    ] as const) {
      const { code, err } = await put(["-", ...args], ndjson(35));
      expect([code, err.split("\n")[0]]).toEqual([2, `evb: error: j was begun with another ${name}`]);
    }
    const elsewhere = await lab.put(["-", "-b", "default", "--journal", "j"], { stdin: ndjson(35) });
    expect(elsewhere.err).toContain("j was begun with another --bus");
    expect(lab.read("j")).not.toContain("hunter2");
  });

  it("keeps the seed, so that fresh ids stay those they were", async () => {
    const template = lab.write(
      "t.json",
      '{"source":"s","detail-type":"t","time":"${now}","detail":{"n":{"$eval":"index"},"id":"${uuid()}"}}',
    );
    const args = [template, "--count", "30", "--metadata"];
    lab.fault = ({ operation, nth }) => (operation === "PutEvents" && nth === 1 ? "lose-answer" : undefined);
    const broken = await put([...args, "--max-attempts", "1", "--concurrency", "1", "--json"]);
    expect(broken.code).toBe(4);
    lab.fault = () => undefined;
    const again = await put([...args, "--json"]);
    expect(again.code, again.err).toBe(0);
    const unknown = broken.lines().filter(({ status }) => status === "unknown");
    expect(unknown).toHaveLength(10);
    const twice = again.lines().filter(({ maybeTwice }) => maybeTwice);
    expect(twice.map(({ metadataEventId }) => metadataEventId)).toEqual(
      unknown.map(({ metadataEventId }) => metadataEventId),
    );
    const ids = lab.received.map(({ detail }) => (detail as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([40, 30]);
    const other = await put([
      lab.write("t.json", lab.read("t.json").replace('"s"', '"S"')),
      ...args.slice(1),
    ]);
    expect(other.err).toContain("j was begun with another template");
  });

  it("survives a line that a crash has torn, and one that it has torn before", async () => {
    await breakOff(["-"], ndjson(35));
    const whole = lab.read("j").split("\n").slice(0, -1);
    const last = whole.findLastIndex((line) => line.includes('"published"'));
    lab.write("j", `${whole.slice(0, last).join("\n")}\n${whole[last]!.slice(0, 90)}`);
    const again = await put(["-", "--json"], ndjson(35));
    expect(again.code, again.err).toBe(0);
    expect(again.lines().filter(({ maybeTwice }) => maybeTwice)).toHaveLength(10);
    expect([...new Set(numbers())]).toEqual(upTo(35));
    expect((await put(["-"], ndjson(35))).err).toContain(
      "35 had been published before, 10 of them perhaps twice",
    );
  });

  it("begins anew when a crash has torn its first line", async () => {
    lab.write("j", '{"entry":"beg');
    expect((await put(["-"], ndjson(5))).code).toBe(0);
    expect((await put(["-"], ndjson(5))).err).toContain("5 had been published before");
  });

  it("is readable by its owner alone, and holds nothing of the events", async () => {
    await put(
      ["-"],
      ndjson(3, () => ({ card: "4111111111111111" })),
    );
    expect(statSync(join(lab.folder, "j")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(lab.folder, "j"), "utf8")).not.toContain("4111");
  });

  it("is no other file by mistake", async () => {
    lab.write("events.ndjson", ndjson(3));
    const { code, err } = await lab.put(["-", "--journal", "events.ndjson"], { stdin: ndjson(1) });
    expect([code, err.split("\n")[0]]).toEqual([2, "evb: error: events.ndjson:1: this is no journal of put"]);
    expect(lab.read("events.ndjson")).toBe(ndjson(3));
    const same = await lab.put(["events.ndjson", "--journal", "events.ndjson"]);
    expect(same.err).toContain("--journal events.ndjson is the file that the events are read from");
    const both = await put(["-", "--failed", "./j"], ndjson(1));
    expect(both.err).toContain("--journal and --failed are both j");
  });

  it("leaves no trace in a dry run, which shows the rest", async () => {
    await breakOff(["-"], ndjson(35));
    const before = lab.read("j");
    const { code, err } = await put(["-", "--dry-run"], ndjson(35));
    expect([code, err]).toEqual([0, expect.stringContaining("15 events in 2 batches")]);
    expect(lab.read("j")).toBe(before);
  });

  it("on a full disk is known before anything is sent", async () => {
    const input = ndjson(25);
    const { code, err } = await lab.put(["-", "--journal", "/dev/full"], { stdin: input });
    expect([code, err]).toEqual([2, "evb: error: /dev/full cannot be written: the disk is full\n"]);
    expect(lab.calls).toHaveLength(0);
  });
});

describe("the lock", () => {
  it("keeps a second run away for as long as the first one runs", async () => {
    let go = () => {};
    lab.fault = ({ operation }) =>
      operation === "PutEvents" ? new Promise((resolve) => (go = () => resolve(undefined))) : undefined;
    const first = runIn(lab.world(["-", "-b", "orders", "--journal", "j"], { stdin: ndjson(3) }));
    await expect.poll(() => lab.calls.length).toBe(1);
    const second = await put(["-"], ndjson(3));
    expect([second.code, second.err.split("\n")[0]]).toEqual([
      2,
      `evb: error: j is in use by process ${process.pid}`,
    ]);
    go();
    expect((await first).code).toBe(0);
    lab.fault = () => undefined;
    expect((await put(["-"], ndjson(3))).err).toContain("3 had been published before");
  });

  it("is taken over from a process that was killed", async () => {
    const { hostname } = await import("node:os");
    for (const left of [JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }), ""]) {
      writeFileSync(join(lab.folder, "j.lock"), left);
      expect((await put(["-"], ndjson(3))).code).toBe(0);
    }
    expect(numbers()).toEqual(upTo(3));
  });

  it("of another machine is respected", async () => {
    lab.write("j.lock", JSON.stringify({ pid: 1, host: "elsewhere" }));
    const { code, err } = await put(["-"], ndjson(3));
    expect([code, err]).toEqual([
      2,
      "evb: error: j is in use by process 1 on elsewhere\nhint: wait for that run, or name another file\nhint: if no such run is left, remove j.lock\n",
    ]);
  });
});
