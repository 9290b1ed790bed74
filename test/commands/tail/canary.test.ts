import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { type Bench, openBench } from "./bench.ts";
import { openGateway } from "./gateway.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const nothing = { rules: [], queues: [] };

describe("evb tail --canary", () => {
  it("says ready when its canary is back, which is neither shown nor counted", async () => {
    let listening = () => false;
    const early: string[] = [];
    // Canaries that are put before the fifth are lost, the SDK's own tries among them.
    await using gateway = await openGateway(bench.local.url, (call, before) => {
      if (call !== "PutEvents") return undefined;
      if (listening()) early.push("too late");
      return before < 4 ? { code: "InternalFailure", message: "no", status: 500 } : undefined;
    });
    const tail = bench.start(["tail", "-b", "orders", "--canary", "--max", "1"], { url: gateway.url });
    listening = () => tail.world.err().includes("listening");
    await tail.saw("listening");
    // The canary's own rule has gone by now; what listens is the one for events.
    expect((await bench.remains()).rules).toHaveLength(1);
    const id = await bench.put({ id: 1 });
    const { code, lines, err } = await tail.outcome;
    expect(code).toBe(0);
    expect(lines()).toMatchObject([{ id }]);
    expect(err).toContain("1 event in");
    expect(early).toEqual([]);
    expect(await bench.remains()).toEqual(nothing);
  });

  it("comes through a rule of its own, where what is watched does not take it", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--canary", "--source", "shop", "--timeout", "50ms"]);
    const { code, out, err } = await tail.outcome;
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("listening");
    expect(err).toContain("0 events in");
    expect(await bench.remains()).toEqual(nothing);
  });

  it("comes in behind other events", async () => {
    const busy = bench.start(["tail", "-b", "orders", "--canary", "--json", "--max", "200"]);
    while ((await bench.remains()).rules.length < 2) await new Promise((go) => setTimeout(go, 1));
    const ids = await Promise.all(Array.from({ length: 200 }, (_, id) => bench.put({ id })));
    const { lines } = await busy.outcome;
    const seen = lines().map(({ id }) => id);
    expect(new Set(seen).size).toBe(200);
    expect(ids).toEqual(expect.arrayContaining(seen));
  });

  it("gives up when no canary comes back, names what may be the reason, and leaves nothing", async () => {
    const clock = windableClock(Date.parse("2026-11-23T20:00:00Z"));
    await using wound = await openBench({ clock });
    // Whoever takes the messages away before the tail does the same as a policy that lets none in.
    const never = await openGateway(wound.local.url, (call) =>
      call === "ReceiveMessage" ? "hang" : undefined,
    );
    const tail = wound.start(["tail", "-b", "orders", "--canary"], { url: never.url, clock });
    while (!never.calls.includes("PutEvents")) await new Promise((go) => setTimeout(go, 5));
    let ended = false;
    void tail.outcome.finally(() => {
      ended = true;
    });
    while (!ended) {
      await clock.advance(1000);
      await new Promise((go) => setTimeout(go, 2));
    }
    const { code, err } = await tail.outcome;
    await never[Symbol.asyncDispose]();
    expect(code).toBe(4);
    expect(err).toContain("no canary came back through event bus orders within 60 seconds");
    expect(err).not.toContain("listening");
    expect(await wound.remains()).toEqual(nothing);
  });

  it("names the missing permission, and leaves nothing", async () => {
    const denied = {
      code: "AccessDeniedException",
      message: "User: ana is not authorized to perform: events:PutEvents on resource: x",
    };
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "PutEvents" ? denied : undefined,
    );
    const { code, err } = await bench.start(["tail", "-b", "orders", "--canary"], { url: gateway.url })
      .outcome;
    expect(code).toBe(4);
    expect(err).toContain("evb: error: PutEvents: User: ana is not authorized");
    expect(err).toContain("hint: the caller needs events:PutEvents");
    expect(await bench.remains()).toEqual(nothing);
  });

  it("is refused where a transformer would hide it", async () => {
    const { events, local } = bench;
    const about = { EventBusName: "orders" };
    await events.send(
      new PutRuleCommand({ ...about, Name: "hides", EventPattern: '{"source":[{"prefix":""}]}' }),
    );
    const Arn = `arn:aws:sqs:us-east-1:${local.account}:nowhere`;
    await events.send(
      new PutTargetsCommand({ ...about, Rule: "hides", Targets: [{ Id: "a", Arn, InputPath: "$.detail" }] }),
    );
    const argv = ["tail", "-b", "orders", "--canary", "--rule", "hides"];
    const { code, err } = await bench.start(argv).outcome;
    expect(code).toBe(2);
    expect(err).toContain("--canary: the rule takes the canary too");
    expect((await bench.remains()).queues).toEqual([]);
  });

  it("leaves its rule behind by name when that cannot be removed", async () => {
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "DeleteRule" ? { code: "AccessDeniedException", message: "no" } : undefined,
    );
    const argv = ["tail", "-b", "orders", "--canary", "--timeout", "50ms"];
    const { err } = await bench.start(argv, { url: gateway.url }).outcome;
    const left = (await bench.remains()).rules.filter((name) => name.startsWith("evb-tail-"));
    expect(left).toHaveLength(2);
    for (const name of left) expect(err).toContain(`evb: left behind: rule ${name} on event bus orders (`);
    expect((await bench.start(["gc", ...left, "--yes"]).outcome).code).toBe(0);
    expect((await bench.remains()).rules).toEqual(["hides"]);
  });
});
