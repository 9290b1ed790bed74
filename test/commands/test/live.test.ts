import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
} from "@aws-sdk/client-eventbridge";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { type Local, type LocalOptions, startLocal } from "../../../src/local/start.ts";
import { makeWorld, runEvb, runIn } from "../../world.ts";

/** An emulator with a starter bus, and a folder with its suite. */
async function openLab(starter: string, options: LocalOptions = {}) {
  const local = await startLocal(options);
  const cwd = mkdtempSync(join(tmpdir(), "evb-live-"));
  const world = { cwd, env: { EVB_LOCAL_URL: local.url } };
  const config = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  };
  expect(await runEvb(["local", "apply", starter], world)).toMatchObject({ code: 0 });
  expect(await runEvb(["init", starter], world)).toMatchObject({ code: 0 });
  return {
    local,
    cwd,
    world,
    events: new EventBridgeClient(config),
    sqs: new SQSClient(config),
    live: (...args: string[]) => runEvb(["test", "--live", "--local", "--wait", "2s", ...args], world),
    [Symbol.asyncDispose]: async () => {
      rmSync(cwd, { recursive: true, force: true });
      await local.close();
    },
  };
}

async function temporary({ events, sqs }: { events: EventBridgeClient; sqs: SQSClient }, bus: string) {
  const { Rules = [] } = await events.send(
    new ListRulesCommand({ EventBusName: bus, NamePrefix: "evb-tail-" }),
  );
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "evb-tail-" }));
  return [...Rules, ...QueueUrls];
}

/** How often an operation was called. */
const calls = (local: Local, operation: string) => local.faults.calls(operation);

describe("evb test --live", () => {
  it("passes where the bus is as its file says: rules, targets, bodies, and what nobody takes", async () => {
    await using lab = await openLab("order-processing");
    const { code, out, err } = await lab.live("--coverage");
    expect({ code, out }).toMatchObject({ code: 0, out: expect.not.stringContaining("✗") });
    expect(err).toMatch(/live: 3 temporary rules.*5 passed, 0 failed/s);
    expect(out).toContain("6 of 6 rules, targets and alternatives");
    expect(calls(lab.local, "CreateQueue")).toBeGreaterThan(3);
    expect(await temporary(lab, "orders")).toEqual([]);
  });

  it("follows an event from bus to bus", async () => {
    await using lab = await openLab("audit");
    const { code, err } = await lab.live();
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("5 passed, 0 failed") });
    expect([...(await temporary(lab, "applications")), ...(await temporary(lab, "audit"))]).toEqual([]);
  });

  it("fails where the deployed bus is another, though its file is right, and says why", async () => {
    await using lab = await openLab("order-processing");
    const EventPattern = JSON.stringify({
      source: ["com.example.shop"],
      detail: { total: { amount: [{ numeric: [">", 9000] }] } },
    });
    await lab.events.send(
      new PutRuleCommand({ Name: "large-orders-to-review", EventBusName: "orders", EventPattern }),
    );
    expect((await runEvb(["test"], lab.world)).code).toBe(0);
    const { code, out } = await lab.live("--filter", "above 5,000");
    expect(code).toBe(1);
    expect(out).toMatch(/expected that target review is fed: it is not fed/);
    expect(await temporary(lab, "orders")).toEqual([]);
  });

  it("is not confused by events of others, also where a rule reads resources itself", async () => {
    await using lab = await openLab("order-processing");
    const EventPattern = JSON.stringify({ source: ["com.example.shop"], resources: [{ prefix: "order/" }] });
    await lab.events.send(
      new PutRuleCommand({ Name: "orders-to-fulfilment", EventBusName: "orders", EventPattern }),
    );
    const other = {
      EventBusName: "orders",
      Source: "com.example.shop",
      DetailType: "Order Placed",
      Resources: ["order/x"],
    };
    const busy = setInterval(() => {
      const Detail = JSON.stringify({ orderId: "X", total: { amount: 9999, currency: "EUR" } });
      void lab.events.send(new PutEventsCommand({ Entries: [{ ...other, Detail }] })).catch(() => {});
    }, 10);
    try {
      expect(await lab.live()).toMatchObject({ code: 0 });
    } finally {
      clearInterval(busy);
    }
  });

  it("says of an event that cannot be put why, and fails its test", async () => {
    await using lab = await openLab("event-sourcing");
    const { code, out } = await lab.live("--filter", "replay", "--filter", "on hold");
    expect(code).toBe(1);
    expect(out).toContain("event: it cannot be put: only a replay sends events with replay-name");
    expect(out).toContain("✓ one that is on hold is only logged");
  });

  it("removes what it made on Ctrl-C and on an error half-way", async () => {
    await using lab = await openLab("order-processing");
    const world = makeWorld(["test", "--live", "--local"], lab.world);
    const ended = runIn(world);
    while (calls(lab.local, "PutTargets") < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    world.signal();
    expect((await ended).code).toBe(130);
    expect(await temporary(lab, "orders")).toEqual([]);
    lab.local.faults.add({
      operation: "PutRule",
      kind: "error",
      status: 400,
      code: "AccessDeniedException",
      nth: 2,
    });
    expect((await lab.live()).code).toBe(4);
    expect(await temporary(lab, "orders")).toEqual([]);
  });

  it("marks what it makes as a tail does, so that gc finds what a crash has left", async () => {
    await using lab = await openLab("order-processing");
    lab.local.faults.add({
      operation: "DeleteRule",
      kind: "error",
      status: 400,
      code: "AccessDeniedException",
    });
    lab.local.faults.add({
      operation: "DeleteQueue",
      kind: "error",
      status: 400,
      code: "AccessDeniedException",
    });
    const { err } = await lab.live("--filter", "fulfilled");
    const [name] = /evb-tail-\S+/.exec(err)!;
    expect(err).toContain(`hint: evb gc ${name} removes what is left`);
    lab.local.faults.clear();
    const listed = await runEvb(["gc", "--dry-run", "--json", "--local"], lab.world);
    expect(listed.out).toContain(name);
  });

  it("refuses what makes no sense", async () => {
    await using lab = await openLab("order-processing");
    expect(await lab.live("--watch")).toMatchObject({ code: 2 });
    writeFileSync(
      join(lab.cwd, "order-processing.evb.yaml"),
      "bus: { from: order-processing.json }\ntests:\n  - name: x\n    event: { source: nobody, detail-type: T, detail: {} }\n    expect: { unrouted: true }\n",
    );
    expect(await lab.live()).toMatchObject({
      code: 2,
      err: expect.stringContaining("no deployed rule takes an event"),
    });
  });
});
