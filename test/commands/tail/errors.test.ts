import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Bench, openBench } from "./bench.ts";
import { openGateway } from "./gateway.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const tail = (...argv: string[]) => bench.start(["tail", ...argv]).outcome;
const newBus = "arn:aws:events:us-east-1:000000000000:event-busv2/orders/abcdefghijklmnopqrstuvwxy";
const elsewhere = "arn:aws:events:eu-west-1:000000000000:event-bus/orders";

describe("evb tail refuses", () => {
  it.each([
    [["-b", "nope"], 4, "event bus nope does not exist in http://127.0.0.1"],
    [["-b", newBus], 2, "event-busv2"],
    [["-b", elsewhere], 2, "the bus is in eu-west-1, but the region is us-east-1"],
    [["-b", "or ders"], 2, "--bus is no bus name"],
    [
      ["-p", '{"source":"shop"}'],
      2,
      '--pattern:1:12: event pattern is not valid: "source" must be an object or an array',
    ],
    [["-p", "no.json"], 2, "no such file: no.json"],
    [["--filter", "{}"], 2, "--filter:1"],
    [["--select", "a..b"], 2, "the path"],
    [["--max", "0"], 2, "whole number of at least 1"],
    [["--timeout", "soon"], 2, "expected a duration"],
    [["--target", "x"], 2, "--target needs --rule"],
    [["--rule", "x", "--source", "y"], 2, "cannot be used with"],
    [["--exec", "x", "--forward-to", "http://x"], 2, "cannot be used with"],
    [["--forward-to", "localhost:3000"], 2, "--forward-to is no http or https URL"],
    [["--max-attempts", "2"], 2, "--max-attempts needs --exec or --forward-to"],
    [["--failed", "x"], 2, "--failed needs --exec or --forward-to"],
    [["--kms-key", "alias/aws/sqs"], 2, "EventBridge cannot use the key that AWS manages"],
    [["--group-by", ""], 2, "the path is empty"],
    [["--save", join("no", "such", "folder")], 2, "its folder does not exist"],
  ])("%j with exit code %i", async (flags, exit, words) => {
    const { code, out, err } = await tail(...flags);
    expect(err).toContain(words);
    expect(err).not.toContain("    at ");
    expect({ code, out }).toEqual({ code: exit, out: "" });
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it("a bus with no room for another rule, and says what helps", async () => {
    const full = {
      code: "LimitExceededException",
      message: "The requested resource exceeds the maximum number allowed.",
    };
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "PutRule" ? full : undefined,
    );
    const argv = ["tail", "-b", "orders", "-p", '{"source":[{"wildcard":"a*b"}]}'];
    const { code, err } = await bench.start(argv, { url: gateway.url }).outcome;
    expect(code).toBe(4);
    expect(err).toContain("evb: error: event bus orders takes no further rule");
    expect(err).toContain("hint: evb gc removes what crashed tails left behind");
    expect(err).toContain("30 rules with wildcards");
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it.each([
    [[], "name one with --kms-key"],
    [["--kms-key", "alias/mine"], "let events.amazonaws.com do kms:Decrypt and kms:GenerateDataKey"],
  ])("a queue whose key cannot be used %j, and says what helps", async (flags, hint) => {
    const message = "the key cannot be used";
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "CreateQueue" ? { code: "KmsAccessDenied", message } : undefined,
    );
    const { code, err } = await bench.start(["tail", "-b", "orders", ...flags], { url: gateway.url }).outcome;
    expect(code).toBe(4);
    expect(err).toContain(`evb: error: CreateQueue: ${message}`);
    expect(err).toContain(hint);
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it("to wait for ever for a call of its set-up, and undoes it", async () => {
    const inTime = setTimeout;
    // A minute lasts a moment.
    const hurry = ((task: () => void, ms?: number) =>
      inTime(task, ms === 60_000 ? 400 : ms)) as unknown as typeof setTimeout;
    const minutes = vi.spyOn(globalThis, "setTimeout").mockImplementation(hurry);
    await using gateway = await openGateway(bench.local.url, (call, before) =>
      call === "PutRule" && before === 0 ? "hang" : undefined,
    );
    const { code, err } = await bench.start(["tail", "-b", "orders"], { url: gateway.url }).outcome;
    minutes.mockRestore();
    expect({ code, err }).toMatchObject({ code: 4, err: expect.stringContaining("PutRule: no answer from") });
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it("a call that it may not make, and names the action that AWS names", async () => {
    const message =
      "User: arn:aws:iam::000000000000:user/ana is not authorized to perform: events:TagResource on resource: x";
    const denied = { code: "AccessDeniedException", message };
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "PutRule" ? denied : undefined,
    );
    const { code, err } = await bench.start(["tail", "-b", "orders"], { url: gateway.url }).outcome;
    expect(code).toBe(4);
    expect(err).toContain("hint: the caller needs events:TagResource\n");
  });

  it("a target that AWS does not accept", async () => {
    const answer = { code: "ManagedRuleException", message: "no", status: 400 };
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "PutTargets" ? answer : undefined,
    );
    const { code, err } = await bench.start(["tail", "-b", "orders"], { url: gateway.url }).outcome;
    expect(code).toBe(4);
    expect(err).toContain("PutTargets: ManagedRuleException: no");
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });
});

describe("evb tail bears", () => {
  it("a service that fails for a while, and says so once", async () => {
    const busy = { code: "InternalError", message: "busy", status: 500 };
    let isDown = false;
    await using gateway = await openGateway(bench.local.url, (call) =>
      call === "ReceiveMessage" && isDown ? busy : undefined,
    );
    const running = bench.start(["tail", "-b", "orders", "--max", "2"], { url: gateway.url });
    await running.saw("listening");
    isDown = true;
    // Wakes the receivers out of their long polls.
    const first = await bench.put({ id: 0 });
    await running.saw("trying again in");
    isDown = false;
    const second = await bench.put({ id: 1 });
    const { code, lines, err } = await running.outcome;
    expect(code).toBe(0);
    expect(lines().map(({ id }) => id)).toEqual([first, second]);
    expect(err.match(/trying again/g)).toHaveLength(1);
    expect(err).toContain("evb: receiving again");
  });

  it("credentials that have expired, says what to do, and goes on once they are renewed", async () => {
    await using other = await openBench();
    let isOver = false;
    const expired = {
      code: "ExpiredToken",
      message: "The security token included in the request is expired",
    };
    await using gateway = await openGateway(other.local.url, (call, before) =>
      call === "ReceiveMessage" && isOver && before < 40 ? expired : undefined,
    );
    const options = { url: gateway.url, random: () => 0 };
    const running = other.start(["tail", "-b", "orders", "--max", "2"], options);
    await running.saw("listening");
    isOver = true;
    const first = await other.put({ id: 0 });
    await running.saw("AWS does not accept the credentials (ExpiredToken)");
    const second = await other.put({ id: 1 });
    const { code, lines, err } = await running.outcome;
    expect(code).toBe(0);
    expect(lines().map(({ id }) => id)).toEqual([first, second]);
    expect(err).toContain("hint: sign in again");
    expect(err).toContain("evb: receiving again");
  });

  it("no emulator that has gone, for ever", async () => {
    await using other = await openBench();
    const running = other.start(["tail", "-b", "orders"], { random: () => 0 });
    await running.saw("listening");
    await other.local.close();
    const { code, err } = await running.outcome;
    expect(code).toBe(4);
    expect(err).toContain("evb: error: ReceiveMessage: no answer from http://127.0.0.1");
    expect(err).toContain("left behind: queue evb-tail-");
    expect(err).not.toContain("receiving again");
  });
});
