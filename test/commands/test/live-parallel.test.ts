import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Local, startLocal } from "../../../src/local/start.ts";
import { systemClock } from "../../../src/shell/clock.ts";
import { makeWorld, runEvb, runIn, seededRandom, type TestWorldOptions } from "../../world.ts";
import { buses, meetingClock, quickClock } from "./live-lab.ts";

let local: Local;
let cwd: string;
let events: EventBridgeClient;
let sqs: SQSClient;
/** Numbers of the events of tests that were put. */
let put: number[];
let seed = 1;

beforeAll(async () => {
  local = await startLocal();
  cwd = mkdtempSync(join(tmpdir(), "evb-parallel-"));
  writeFileSync(join(cwd, "buses.json"), JSON.stringify(buses));
  const credentials = { accessKeyId: "x", secretAccessKey: "x" };
  const config = { endpoint: local.url, region: local.region, credentials };
  events = new EventBridgeClient(config);
  sqs = new SQSClient(config);
  const env = { EVB_LOCAL_URL: local.url };
  expect(await runEvb(["local", "apply", "buses.json"], { cwd, env })).toMatchObject({ code: 0 });
  local.faults.clear();
});
afterAll(async () => {
  rmSync(cwd, { recursive: true, force: true });
  await local.close();
});
/** Whatever the end was, nothing is left. */
afterEach(async () => {
  local.faults.clear();
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "evb-tail-" }));
  const rules = ["lab", "next"].map((EventBusName) =>
    events.send(new ListRulesCommand({ EventBusName, NamePrefix: "evb-tail-" })),
  );
  expect([...QueueUrls, ...(await Promise.all(rules)).flatMap(({ Rules = [] }) => Rules)]).toEqual([]);
});

const event = (n: number, source = "com.lab", resources: string[] = []) => ({
  source,
  "detail-type": "T",
  resources,
  detail: { n },
});
const small = { event: event(1), expect: { rules: ["all"], bodies: { number: { equals: 1 } } } };
const big = {
  event: event(11),
  expect: { rules: ["all", "big"], bodies: { number: { equals: 11 }, "all/whole": { contains: event(11) } } },
};
const nobodys = { event: event(1, "com.nobody"), expect: { unrouted: true } };

interface EntryInput {
  readonly Entries: { TraceHeader?: string; readonly Source: string; readonly Resources?: string[] }[];
}

/** Runs these tests; `untraced` says from which sources trace headers get lost. */
function open(
  tests: readonly object[],
  args: readonly string[] = [],
  { untraced, ...options }: TestWorldOptions & { untraced?: RegExp } = {},
) {
  const named = tests.map((test, i) => ({ name: `test ${i + 1}`, ...test }));
  writeFileSync(join(cwd, "lab.evb.yaml"), JSON.stringify({ bus: { name: "lab" }, tests: named }));
  put = [];
  local.faults.add({
    operation: "PutEvents",
    kind: "throttle",
    where: (input) => {
      const [entry] = (input as EntryInput).Entries;
      const number = /evb-test\/\w+\/(\d+)/.exec(entry?.Resources?.join() ?? "")?.[1];
      if (number !== undefined) put.push(Number(number));
      if (entry !== undefined && untraced?.test(entry.Source)) delete entry.TraceHeader;
      return false;
    },
  });
  const argv = ["test", "--live", "--local", "--json", "--wait", "5s", ...args];
  // Names of queues are not used again so soon.
  return makeWorld(argv, {
    cwd,
    env: { EVB_LOCAL_URL: local.url },
    random: seededRandom(++seed),
    clock: quickClock,
    ...options,
  });
}

const repeat = (tests: readonly object[], times: number) => Array.from({ length: times }, () => tests).flat();

describe("evb test --live, several events at a time", () => {
  it("tells events apart though they are equal and their bodies say nothing, and reports in order", async () => {
    const clock = meetingClock(8);
    const { code, lines } = await runIn(open(repeat([small, big, nobodys], 8), [], { clock }));
    const told = lines();
    expect(told.slice(0, 24)).toEqual(
      Array.from({ length: 24 }, (_, i) =>
        expect.objectContaining({ name: `test ${i + 1}`, status: "passed" }),
      ),
    );
    expect({ code, summary: told.at(-1) }).toMatchObject({ code: 0, summary: { passed: 24, skipped: 0 } });
    expect(clock.seen.most).toBe(8);
    // Two deployed rules with four inputs, and a canary, serve all tests.
    expect(local.faults.calls("PutRule")).toBe(5);
  });

  it("watches a rule once, though two suites are about it", async () => {
    const tests = [{ name: "x", event: event(1, "com.hop"), expect: { rules: ["hopped"] } }];
    writeFileSync(join(cwd, "next.evb.yaml"), JSON.stringify({ bus: { name: "next" }, tests }));
    try {
      const hop = {
        event: event(2, "com.hop"),
        expect: { rules: { atLeast: ["next:hopped", "next:second"] } },
      };
      expect(await runIn(open([hop, small, hop]))).toMatchObject({ code: 0 });
      // Four inputs of the rules of the one bus, two of the other's, and a canary on each.
      expect(local.faults.calls("PutRule")).toBe(8);
    } finally {
      rmSync(join(cwd, "next.evb.yaml"));
    }
  });

  it("puts one after another with --concurrency 1", async () => {
    const clock = meetingClock(1);
    const { code } = await runIn(open(repeat([small, big], 3), ["--concurrency", "1"], { clock }));
    expect({ code, most: clock.seen.most, put }).toEqual({ code: 0, most: 1, put: [0, 1, 2, 3, 4, 5] });
  });

  it("takes others' events for nobody's, also where a rule lets them in and their bodies say nothing", async () => {
    const reads = {
      event: event(1, "com.reader", ["x/1"]),
      expect: { bodies: { reads: { equals: { n: 1 } } } },
    };
    const Detail = JSON.stringify({ n: 99 });
    const other = { EventBusName: "lab", Source: "com.reader", DetailType: "T", Resources: ["x/1"], Detail };
    const busy = setInterval(() => {
      void events.send(new PutEventsCommand({ Entries: [other] })).catch(() => {});
    }, 5);
    try {
      const { code, out } = await runIn(open(repeat([reads, small, nobodys], 2)));
      expect({ code, out }).toEqual({ code: 0, out: expect.not.stringContaining('failed",') });
    } finally {
      clearInterval(busy);
    }
  });

  it("puts events that may lose their trace header between buses one after another, others beside them", async () => {
    const hop = (n: number, rules: string[]) => ({ event: event(n, "com.hop"), expect: { rules } });
    const tests = repeat(
      [hop(1, ["onward", "next:hopped"]), hop(2, ["onward", "next:hopped", "next:second"]), small],
      2,
    );
    const { code, out, err } = await runIn(open(tests, [], { untraced: /com\.hop/ }));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('"passed":6') });
    expect(err).not.toContain("warning");
  });

  it("puts one after another, and says so, where no trace header comes with an event", async () => {
    const { code, err } = await runIn(open([small, big, small, nobodys], [], { untraced: /./ }));
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("one event is put at a time") });
  });

  it("puts an entry again that is refused for its rate", async () => {
    const world = open([small, big, nobodys]);
    for (const nth of [1, 3])
      local.faults.add({
        operation: "PutEvents",
        where: (input) => (input as EntryInput).Entries[0]?.Resources !== undefined,
        nth,
        kind: "fail-entries",
        entries: [0],
        code: "ThrottlingException",
      });
    expect(await runIn(world)).toMatchObject({ code: 0 });
    expect(put.length).toBeGreaterThan(3);
  });

  it("begins no test after one that has failed, with --bail, though one before it goes on", async () => {
    const wrong = { event: event(1), expect: { rules: ["all", "big"] } };
    const world = open([small, wrong, ...repeat([small], 20)], ["--bail", "--concurrency", "2"]);
    local.faults.add({
      operation: "PutEvents",
      kind: "late",
      ms: 300,
      where: (input) => /evb-test\/\w+\/0$/.test((input as EntryInput).Entries[0]?.Resources?.[0] ?? ""),
    });
    const { code, lines } = await runIn(world);
    const told = lines();
    expect({ code, told: told.slice(0, 2) }).toMatchObject({
      code: 1,
      told: [
        { name: "test 1", status: "passed" },
        { name: "test 2", status: "failed" },
      ],
    });
    // One more where the machine is so slow that the first ends before the second.
    expect(put.length).toBeLessThanOrEqual(3);
    expect(told.at(-1)).toMatchObject({ failed: 1, skipped: 22 - put.length });
  });

  it("ends on Ctrl-C with all that is under way, and puts nothing more", async () => {
    const world = open(repeat([small, big], 10), [], { clock: meetingClock(99) });
    const ended = runIn(world);
    while (put.length < 8) await systemClock.sleep(5);
    world.signal();
    expect(await ended).toMatchObject({ code: 130, out: "" });
    expect(put).toHaveLength(8);
  });
});
