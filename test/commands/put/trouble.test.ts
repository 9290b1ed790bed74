import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../../src/core/clock.ts";
import { systemClock } from "../../../src/shell/clock.ts";
import { runEvb, runIn } from "../../world.ts";
import { type Lab, ndjson, openLab, type WireEntry } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab[Symbol.asyncDispose]());

const number = (entry: WireEntry): number => JSON.parse(entry.Detail).n;
const numbers = () => lab.received.map(({ detail }) => (detail as { n: number }).n);
const put = (argv: readonly string[], stdin: string, clock: Clock = quick().clock) =>
  lab.put(["-", "-b", "orders", "--json", ...argv], { stdin, clock });

/** A clock whose sleeps last no time, and which notes how long they would have lasted. */
function quick() {
  const slept: number[] = [];
  const clock: Clock = { ...systemClock, sleep: async (ms) => void slept.push(ms) };
  return { clock, slept };
}

/** An answer of PutEvents in which some entries fail. */
const answer = (entries: readonly WireEntry[], code: (entry: WireEntry) => string | undefined) => ({
  status: 200,
  body: {
    FailedEntryCount: entries.filter((entry) => code(entry)).length,
    Entries: entries.map((entry) =>
      code(entry) ? { ErrorCode: code(entry), ErrorMessage: "so it is" } : { EventId: `id-${number(entry)}` },
    ),
  },
});
const refusal = (name: string, message: string, status = 400) => ({
  status,
  body: { __type: name, message },
});

describe("entries that fail", () => {
  it("are sent again when that may help, they alone", async () => {
    const { clock, slept } = quick();
    const failing = new Map([
      [3, 1],
      [7, 2],
    ]);
    lab.fault = ({ operation, entries }) => {
      if (operation !== "PutEvents") return undefined;
      return answer(entries, (entry) => {
        const left = failing.get(number(entry)) ?? 0;
        return left > 0 ? "ThrottlingException" : undefined;
      });
    };
    const counted = lab.fault;
    lab.fault = (passing) => {
      const given = counted(passing);
      for (const entry of passing.entries) failing.set(number(entry), (failing.get(number(entry)) ?? 0) - 1);
      return given;
    };
    const { code, lines } = await put([], ndjson(10), clock);
    expect(code).toBe(0);
    expect(lab.calls.map((entries) => entries.map(number))).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [3, 7],
      [7],
    ]);
    expect(lines().map(({ index, attempts }) => [index, attempts])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 1],
      [5, 1],
      [6, 1],
      [7, 3],
      [8, 1],
      [9, 1],
    ]);
    expect(slept).toHaveLength(2);
    expect(slept[0]).toBeLessThanOrEqual(200);
    expect(slept[1]).toBeLessThanOrEqual(400);
  });

  it("for good are told, kept, and can be put again", async () => {
    lab.fault = ({ operation, entries }) =>
      operation === "PutEvents" && entries.some((e) => number(e) === 1)
        ? answer(entries, (entry) =>
            number(entry) === 1 ? "InternalFailure" : number(entry) === 2 ? "MalformedDetail" : undefined,
          )
        : undefined;
    const { code, lines, err } = await put(["--failed", "failed.ndjson", "--max-attempts", "2"], ndjson(4));
    expect(code).toBe(3);
    expect(
      lines().map(({ index, status, errorCode, attempts }) => [index, status, errorCode, attempts]),
    ).toEqual([
      [0, "published", undefined, 1],
      [1, "failed", "InternalFailure", 2],
      [2, "failed", "MalformedDetail", 1],
      [3, "published", undefined, 1],
    ]);
    expect(err).toContain("published 2, failed 2 on orders");
    expect(err).toContain("hint: send again what failed: evb put - < failed.ndjson");
    lab.fault = () => undefined;
    const again = await lab.put(["failed.ndjson"]);
    expect(again.code).toBe(0);
    expect(numbers()).toEqual([1, 2]);
  });

  it("are shown to a person with their place and reason", async () => {
    lab.fault = ({ operation, entries }) =>
      operation === "PutEvents" ? answer(entries, () => "NotAuthorizedForSourceException") : undefined;
    const { code, out, err } = await lab.put(["-", "-b", "orders"], { stdin: ndjson(1) });
    expect(code).toBe(3);
    expect(out).toBe(
      "failed  standard input:1  shop  T  NotAuthorizedForSourceException: so it is (1 attempt)\n",
    );
    expect(err).toContain("hint: --failed FILE keeps what fails");
  });

  it("keep their place in the output", async () => {
    lab.fault = async ({ operation, entries, nth }) => {
      if (operation !== "PutEvents") return undefined;
      if (number(entries[0]!) === 0) {
        await new Promise((resolve) => setTimeout(resolve, 80));
        if (nth < 5) return answer(entries, () => "ThrottlingException");
      }
      return undefined;
    };
    const { lines } = await put([], ndjson(50));
    expect(lines().map(({ index }) => index)).toEqual([...Array(50).keys()]);
  });
});

describe("requests that fail as a whole", () => {
  it("are split when AWS finds them too large", async () => {
    lab.fault = ({ operation, entries }) =>
      operation === "PutEvents" && entries.length > 3
        ? refusal("ValidationException", "Total size of the entries in the request is over the limit.")
        : undefined;
    const { code, lines } = await put([], ndjson(10));
    expect(code).toBe(0);
    expect(numbers()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(lines().every(({ attempts }) => attempts === 1)).toBe(true);
  });

  it("because of one entry cost only that entry", async () => {
    lab.fault = ({ operation, entries }) =>
      operation === "PutEvents" && entries.some((entry) => number(entry) === 6)
        ? refusal("ValidationException", "1 validation error detected")
        : undefined;
    const { code, lines } = await put([], ndjson(10));
    expect(code).toBe(3);
    expect(
      lines()
        .filter(({ status }) => status === "failed")
        .map(({ index, errorCode }) => [index, errorCode]),
    ).toEqual([[6, "ValidationException"]]);
  });

  it.each([
    ["throttled", refusal("ThrottlingException", "Rate exceeded")],
    ["failed by the service", refusal("InternalException", "sorry", 500)],
    ["never answered", "drop" as const],
  ])("and were %s are sent again", async (_why, fault) => {
    lab.fault = ({ operation, nth }) => (operation === "PutEvents" && nth < 2 ? fault : undefined);
    const { code, lines } = await put([], ndjson(3));
    expect(code).toBe(0);
    expect(lines().map(({ attempts }) => attempts)).toEqual([3, 3, 3]);
  });

  it("and never were answered leave it unknown, not failed, what came of them", async () => {
    lab.fault = ({ operation, nth }) => {
      if (operation !== "PutEvents" || nth === 0) return undefined;
      return nth === 1 ? "lose-answer" : refusal("ThrottlingException", "Rate exceeded");
    };
    const { code, lines, err } = await put(
      ["--concurrency", "1", "--max-attempts", "2", "--failed", "f"],
      ndjson(11),
    );
    expect(lines()[10]).toMatchObject({ status: "unknown", errorCode: "ThrottlingException", attempts: 2 });
    expect(numbers()).toContain(10);
    expect(err).toContain("unknown 1 (no answer came: they may have arrived)");
    expect(code).toBe(3);
    expect(lab.read("f").split("\n").filter(Boolean)).toHaveLength(1);
  });

  it("are told as perhaps sent twice when a lost answer was followed by success", async () => {
    lab.fault = ({ operation, nth }) => (operation === "PutEvents" && nth === 0 ? "lose-answer" : undefined);
    const { code, err } = await put([], ndjson(2));
    expect(code).toBe(0);
    expect(err).toContain("published 2, of these 2 perhaps twice");
    expect(numbers()).toEqual([0, 1, 0, 1]);
  });

  it("because of a permission end the run, and say how to go on", async () => {
    lab.fault = ({ operation, nth }) =>
      operation === "PutEvents" && nth >= 2
        ? refusal("AccessDeniedException", "User is not authorized")
        : undefined;
    const { code, lines, err } = await put(["--concurrency", "1"], ndjson(100));
    expect(code).toBe(4);
    expect(lines().filter(({ status }) => status === "published")).toHaveLength(20);
    expect(lab.calls).toHaveLength(3);
    expect(err).toContain("evb: stopped after event 30: nothing after it was sent");
    expect(err).toContain("hint: go on with the same command and --skip 20");
    expect(err).toContain(
      "evb: error: PutEvents: User is not authorized\nhint: the caller needs events:PutEvents",
    );
  });

  it("because of a permission end the run, and what was in flight beside is told", async () => {
    lab.fault = async ({ operation, nth }) => {
      if (operation !== "PutEvents" || nth !== 0) return undefined;
      await expect.poll(() => lab.received.length).toBe(20);
      return refusal("AccessDeniedException", "User is not authorized");
    };
    const { code, lines, err } = await put(["--concurrency", "3"], ndjson(30));
    expect(code).toBe(4);
    expect(lines().map(({ index, status }) => [index, status])).toEqual(
      Array.from({ length: 30 }, (_, n) => [n, n < 10 ? "failed" : "published"]),
    );
    expect(err).toContain("evb: published 20, failed 10 on orders in");
    expect(err).toContain(
      "hint: go on with the same command and --skip 0 (20 events behind it that were published would be sent again; --failed FILE avoids that)",
    );
  });

  it("are kept in --failed also when the reader of the output has gone", async () => {
    lab.fault = async ({ operation, nth, entries }) => {
      if (operation !== "PutEvents" || nth === 0) return undefined;
      await expect.poll(() => lab.calls.length).toBe(4);
      return { keep: entries.map(() => false), code: "InvalidArgument" };
    };
    const argv = ["-", "-b", "orders", "--json", "--concurrency", "4", "--failed", "f"];
    const { code, err } = await lab.put(argv, { stdin: ndjson(40), closeAfter: 10 });
    expect([code, err]).toEqual([0, ""]);
    expect(lab.read("f").trim().split("\n")).toHaveLength(30);
  });

  it("batch after batch end the run, and name the reason", async () => {
    lab.fault = ({ operation, nth }) =>
      operation === "PutEvents" && nth >= 1 ? refusal("ThrottlingException", "Rate exceeded") : undefined;
    const { code, err } = await put(
      ["--concurrency", "1", "--max-attempts", "2", "--failed", "f"],
      ndjson(500),
    );
    expect(code).toBe(3);
    expect(lab.calls.length).toBe(1 + 5 * 2);
    expect(err).toContain(
      "stopped by the circuit breaker: 5 batches in a row published nothing (ThrottlingException: Rate exceeded), after event 60",
    );
    expect(err).toContain("hint: go on with the same command and --skip 60");
  });

  it("from the first on are an error of AWS's", async () => {
    lab.fault = ({ operation }) =>
      operation === "PutEvents" ? refusal("ThrottlingException", "Rate exceeded") : undefined;
    const { code, err } = await put(["--concurrency", "1"], ndjson(500));
    expect(code).toBe(4);
    expect(err).toContain("evb: error: nothing was published: ThrottlingException: Rate exceeded");
  });
});

describe("the bus", () => {
  it("that is missing gets nothing", async () => {
    const { code, out, err } = await lab.put(["-", "-b", "ordres"], { stdin: ndjson(1) });
    expect([code, out]).toEqual([4, ""]);
    expect(err).toContain("evb: error: event bus ordres does not exist in http://127.0.0.1:");
    expect(err).toContain("hint: PutEvents would answer success and drop the events");
    expect(lab.calls).toEqual([]);
  });

  it("that is missing in the midst of a stream keeps none of its events from being told", async () => {
    lab.fault = async ({ operation, nth }) => {
      // Its answer comes when what follows has been published.
      if (operation === "DescribeEventBus" && nth === 1)
        await expect.poll(() => lab.received.length).toBe(11);
      return undefined;
    };
    const line = (n: number, EventBusName: string) =>
      `${JSON.stringify({ Source: "shop", DetailType: "T", Detail: { n }, EventBusName })}\n`;
    const stdin = (async function* () {
      yield line(0, "orders");
      await expect.poll(() => lab.received.length).toBe(1);
      for (let n = 1; n <= 10; n++) yield line(n, "ordres");
      for (let n = 11; n <= 20; n++) yield line(n, "orders");
    })();
    const { code, lines, err } = await lab.put(["-", "--json", "--failed", "f"], { stdin });
    expect(code).toBe(4);
    expect(lines().map(({ status }) => status)).toEqual([
      "published",
      ...Array(10).fill("failed"),
      ...Array(10).fill("published"),
    ]);
    expect(lines()[1]).toMatchObject({ errorCode: "NotSent", attempts: 0 });
    expect(err).toContain("evb: published 11, failed 10");
    expect(lab.read("f").trim().split("\n")).toHaveLength(10);
  });

  it("that may not be asked for is warned of, and the events are sent", async () => {
    lab.fault = ({ operation }) =>
      operation === "DescribeEventBus" ? refusal("AccessDeniedException", "no") : undefined;
    const { code, err } = await lab.put(["-", "-b", "orders"], { stdin: ndjson(1) });
    expect(code).toBe(0);
    expect(err).toContain("evb: warning: whether the bus orders exists could not be checked");
    expect(lab.received).toHaveLength(1);
  });

  it("of the newer kind is refused by name", async () => {
    const arn = "arn:aws:events:eu-west-1:123456789012:event-busv2/orders/abcdefghijklmnopqrstuvwxy";
    const { code, err } = await lab.put(["-", "-b", arn], { stdin: ndjson(1) });
    expect(code).toBe(2);
    expect(err).toContain(
      "evb: error: --bus names a bus of the newer Custom Event Bus product (event-busv2)",
    );
  });

  it("that is nowhere to be reached is an error of the network", async () => {
    const argv = ["put", "-", "-b", "orders", "--endpoint-url", "http://127.0.0.1:1"];
    const { code, err } = await runEvb(argv, { stdin: ndjson(1), clock: quick().clock });
    expect(code).toBe(4);
    expect(err).toMatch(
      /^evb: error: DescribeEventBus: no answer from http:\/\/127.0.0.1:1 \(ECONNREFUSED\)\nhint: /,
    );
    const unchecked = await runEvb([...argv, "--no-check"], { stdin: ndjson(1), clock: quick().clock });
    expect(unchecked.code).toBe(4);
    expect(unchecked.err).toContain("evb: error: PutEvents: no answer from");
  });

  it("without credentials is not asked", async () => {
    const { code, err } = await runEvb(["put", "-", "--region", "eu-west-1"], { stdin: ndjson(1) });
    expect(code).toBe(4);
    expect(err).toContain("no AWS credentials found");
  });
});

describe("Ctrl-C", () => {
  it("finishes what is in flight and says what was not sent", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    lab.fault = async ({ operation, nth }) => {
      if (operation === "PutEvents" && nth === 1) await held;
      return undefined;
    };
    const world = lab.world(["-", "-b", "orders", "--json", "--concurrency", "1"], { stdin: ndjson(100) });
    const run = runIn(world);
    await expect.poll(() => lab.calls.length).toBe(2);
    world.signal();
    release();
    const { code, lines, err } = await run;
    expect(code).toBe(130);
    expect(lines()).toHaveLength(20);
    expect(lab.calls).toHaveLength(2);
    expect(err).toContain("published 20 on orders");
    expect(err).toContain("evb: stopped by SIGINT after event 20: nothing after it was sent");
    expect(err).toContain("hint: go on with the same command and --skip 20");
  });

  it("a second time leaves at once and names what is unknown", async () => {
    lab.fault = async ({ operation }) => {
      if (operation === "PutEvents") await new Promise(() => {});
      return undefined;
    };
    const world = lab.world(["-", "-b", "orders", "--json"], { stdin: ndjson(10) });
    const run = runIn(world);
    await expect.poll(() => lab.calls.length).toBe(1);
    world.signal("SIGTERM");
    world.signal("SIGTERM");
    const { code, lines } = await run;
    expect(code).toBe(143);
    expect(lines().map(({ status }) => status)).toEqual(Array(10).fill("unknown"));
  });

  it("ends a stream that is silent", async () => {
    const stdin = (async function* () {
      yield ndjson(1);
      await new Promise(() => {});
    })();
    const world = lab.world(["-", "-b", "orders"], { stdin });
    const run = runIn(world);
    await expect.poll(() => lab.received.length).toBe(1);
    world.signal();
    expect((await run).code).toBe(130);
  });
});
