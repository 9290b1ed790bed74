import { PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderTags } from "../../../src/core/tail/tags.ts";
import { type Bench, openBench } from "../tail/bench.ts";
import { openGateway } from "../tail/gateway.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const hour = 3_600_000;
const names = {
  crashed: "evb-tail-20261123t100000z-0000000a",
  recent: "evb-tail-20261123t100000z-0000000b",
  running: "evb-tail-20261123t100000z-0000000c",
  untagged: "evb-tail-20261123t100000z-0000000d",
  alike: "evb-tail-of-mine",
  other: "orders",
} as const;

const tagsOf = (ageMs: number, expiresInMs: number) => {
  const now = Date.now();
  return renderTags({ owner: "ana@ci", created: now - ageMs, expires: now + expiresInMs });
};
const queue = (QueueName: string, tags: Record<string, string> = {}) =>
  bench.sqs.send(new CreateQueueCommand({ QueueName, tags }));
const rule = (Name: string, EventBusName: string, tags: Record<string, string> = {}) =>
  bench.events.send(
    new PutRuleCommand({
      Name,
      EventBusName,
      EventPattern: '{"source":["shop"]}',
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );

/** One of each kind that gc may come across. */
async function litter() {
  const old = tagsOf(3 * hour, -2 * hour);
  await Promise.all([
    queue(names.crashed, old),
    rule(names.crashed, "orders", old),
    queue(names.recent, tagsOf(hour / 2, -hour / 4)),
    rule(names.running, "default", tagsOf(2 * hour, hour / 60)),
    queue(names.untagged),
    queue(names.alike, old),
    rule(names.alike, "orders", old),
    queue(names.other, old),
  ]);
}

const gc = (...argv: string[]) => bench.start(["gc", ...argv]).outcome;
const all = async () => {
  const { rules, queues } = await bench.remains();
  return { rules: rules.sort(), queues: queues.sort() };
};

describe("evb gc", () => {
  it("removes what has expired and is old enough, on every bus, and nothing else", async () => {
    await litter();
    const before = await all();
    const { code, out, err } = await gc("--yes");
    expect(code).toBe(0);
    expect(err).toContain(`evb: ${names.crashed} removed`);
    // The age grows while the command runs.
    expect(out).toMatch(
      new RegExp(`${names.crashed}  3h( \\d+s)?\\s+ana@ci  rule on orders and queue  goes`),
    );
    expect(await all()).toEqual({
      rules: before.rules.filter((name) => name !== names.crashed),
      queues: before.queues.filter((name) => name !== names.crashed),
    });
  });

  it("only shows with --dry-run", async () => {
    await litter();
    const before = await all();
    const { code, out } = await gc("--dry-run");
    expect(code).toBe(0);
    expect(out.split("\n").filter(Boolean)).toEqual([
      expect.stringMatching(new RegExp(`^${names.crashed} .*would go$`)),
      expect.stringMatching(new RegExp(`^${names.running} .*stays: its run is at work, or was minutes ago$`)),
      expect.stringMatching(new RegExp(`^${names.recent} .*stays: it is younger than --older-than$`)),
    ]);
    expect(await all()).toEqual(before);
  });

  it("takes what is younger with --older-than, but nothing that is at work", async () => {
    await litter();
    const { lines } = await gc("--older-than", "10m", "--yes", "--json");
    const statuses = Object.fromEntries(lines().map(({ name, status }) => [name, status]));
    expect(statuses).toEqual({
      [names.crashed]: "removed",
      [names.recent]: "removed",
      [names.running]: "skipped",
    });
  });

  it("takes what it is told by name, whatever its state", async () => {
    await litter();
    expect((await gc(names.running, "--yes")).code).toBe(0);
    expect((await all()).rules).not.toContain(names.running);
    expect((await all()).queues).toContain(names.crashed);
  });

  it("does not touch by name what is not ours", async () => {
    await litter();
    expect(await gc(names.untagged, "--yes")).toMatchObject({ code: 4 });
    expect(await gc(names.other, "--yes")).toMatchObject({ code: 2 });
    expect(await gc(names.alike, "--yes")).toMatchObject({ code: 2 });
    expect((await all()).queues).toEqual(expect.arrayContaining([names.untagged, names.other, names.alike]));
  });

  it("asks, and where nobody can answer it removes nothing and names --yes", async () => {
    await litter();
    const before = await all();
    const { code, err } = await gc();
    expect(code).toBe(2);
    expect(err).toContain("1 leftover in");
    expect(err).toContain("hint: add --yes");
    expect(await all()).toEqual(before);
  });

  it("says when there is nothing", async () => {
    const { code, out, err } = await gc("--yes");
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain("evb: nothing to remove in");
  });

  it("ends with 3 when something stays, and says why", async () => {
    await litter();
    const denied = { code: "AccessDeniedException", message: "User: ana is not authorized" };
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "DeleteQueue" ? denied : undefined,
    );
    const { code, lines, err } = await bench.start(["gc", "--yes", "--json"], { url: gateway.url }).outcome;
    expect(code).toBe(3);
    expect(lines().find(({ name }) => name === names.crashed)).toMatchObject({
      status: "failed",
      reason: "queue: DeleteQueue: User: ana is not authorized",
    });
    expect(err).toContain(`failed: ${names.crashed}`);
    expect((await all()).rules).not.toContain(names.crashed);
  });

  it("is mentioned by a tail that finds something", async () => {
    await litter();
    const tail = bench.start(["tail", "--timeout", "50ms"]);
    expect((await tail.outcome).err).toContain("note: crashed tails have left");
    await gc("--yes");
    const after = bench.start(["tail", "--timeout", "50ms"]);
    expect((await after.outcome).err).not.toContain("crashed");
  });
});
