import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  const Arn = (name: string) => `arn:aws:sqs:us-east-1:${bench.local.account}:${name}`;
  const rule = async (Name: string, EventPattern: string, Targets: { Id: string; InputPath?: string }[]) => {
    await bench.events.send(new PutRuleCommand({ Name, EventBusName: "orders", EventPattern }));
    const targets = Targets.map((target) => ({ ...target, Arn: Arn(target.Id) }));
    await bench.events.send(new PutTargetsCommand({ Rule: Name, EventBusName: "orders", Targets: targets }));
  };
  await rule("all", '{"source":[{"prefix":""}]}', [{ Id: "audit" }, { Id: "ids", InputPath: "$.detail.id" }]);
  await rule("paid", '{"detail-type":["OrderPaid"]}', [{ Id: "billing" }]);
});
afterAll(() => bench[Symbol.asyncDispose]());

const start = (flags: string[], options = {}) => bench.start(["tail", "-b", "orders", ...flags], options);
const ours = async () => {
  const { rules, queues } = await bench.remains();
  return [...rules, ...queues].filter((name) => name.startsWith("evb-tail-"));
};

describe("evb tail with several rules", () => {
  it("shows an event once for each rule that takes it, marked with the rule", async () => {
    const tail = start(["--rule", "all", "--target", "audit", "--rule", "paid", "--max", "3", "--json"]);
    await tail.saw("as rule paid");
    expect(await ours()).toHaveLength(4);
    const placed = await bench.put({ id: 1 });
    const paid = await bench.put({ id: 2 }, { type: "OrderPaid" });
    const { code, lines, err } = await tail.outcome;
    expect(code).toBe(0);
    const seen = lines().map(({ rule, body }) => [rule, (body as { id: string }).id].join(" "));
    expect(seen.sort()).toEqual([`all ${placed}`, `all ${paid}`, `paid ${paid}`].sort());
    expect(err).toContain('listening on event bus orders as rule all for {"source":[{"prefix":""}]}');
    expect(await ours()).toEqual([]);
  });

  it("shows what several targets of one rule receive", async () => {
    const targets = ["--target", "audit", "--target", "ids"];
    const tail = start(["--rule", "all", ...targets, "--max", "2", "--select", "detail.id"]);
    await tail.saw("as rule all/ids");
    await bench.put({ id: 7 });
    const { lines } = await tail.outcome;
    // What InputPath leaves over has no detail.
    expect(lines().sort((a, b) => (String(a.rule) < String(b.rule) ? -1 : 1))).toEqual([
      { rule: "all/audit", body: 7 },
      { rule: "all/ids", body: null },
    ]);
  });

  it("tells a person, a command, a file and a count which rule it was", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "evb-tail-"));
    const rules = ["--rule", "paid", "--rule", "all", "--target", "audit", "--max", "2"];
    const options = { cwd, env: { PATH: process.env.PATH } };
    const shown = start([...rules, "--no-color", "--save", "saved.ndjson"], { cwd, tty: true });
    const run = start([...rules, "--exec", 'cat >/dev/null; echo "$EVB_RULE" >> rules'], options);
    const counted = start([...rules, "--json", "--group-by", "rule"]);
    for (const tail of [shown, run, counted]) await tail.saw("as rule all");
    await bench.put({ id: 3 }, { type: "OrderPaid" });
    expect((await shown.outcome).out).toMatch(/\d {2}paid {2}shop {2}OrderPaid/);
    expect((await run.outcome).err).toMatch(/evb: paid: \S+ OrderPaid -> exec: exit code 0/);
    const groups = (await counted.outcome).lines().map(({ group, count }) => JSON.stringify([group, count]));
    expect(groups.sort()).toEqual(['[{"rule":"all"},1]', '[{"rule":"paid"},1]']);
    const read = async (file: string) => (await readFile(join(cwd, file), "utf8")).trim().split("\n").sort();
    expect(await read("rules")).toEqual(["all", "paid"]);
    expect((await read("saved.ndjson")).map((line) => JSON.parse(line).rule)).toEqual(["all", "paid"]);
  });

  it.each([
    [["--rule", "paid", "--rule", "gone"], 4, "rule gone does not exist"],
    [["--rule", "paid", "--rule", "all"], 2, "the 2 targets of rule all receive different bodies"],
    [
      ["--rule", "paid", "--rule", "all", "--target", "x"],
      4,
      "none of the rules of bus orders has a target x",
    ],
  ])("refuses %j, and has made nothing", async (flags, exit, words) => {
    const { code, err } = await start(flags).outcome;
    expect(code).toBe(exit);
    expect(err).toContain(words);
    expect(await ours()).toEqual([]);
  });
});
