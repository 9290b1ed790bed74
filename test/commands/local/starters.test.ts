import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateArchiveCommand, EventBridgeClient, StartReplayCommand } from "@aws-sdk/client-eventbridge";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { type Local, startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";

interface BusFile {
  readonly buses: Record<
    string,
    {
      description?: string;
      rules: Record<string, { description?: string; targets: { deadLetterQueue?: string }[] }>;
    }
  >;
  readonly queues: Record<string, unknown>;
}

/** Of a body, either some of its fields or, where it is a text, all of it. */
type Body = object | string;
interface Case {
  /** What `evb put` is given; a text is split at its spaces. */
  readonly put: string | readonly string[];
  /** What each queue then has; all others are empty. */
  readonly reaches: Readonly<Record<string, Body>>;
}

const order = { detail: { orderId: "A-1" } };
const placed = (bus: string) =>
  `order-placed -b ${bus} --var orderId=A-1 --var customer=c-1 --var price=10 --var quantity=2`;
const made = (bus: string, source: string, type: string) => [
  "-b",
  bus,
  "--source",
  source,
  "--detail-type",
  type,
  "--detail",
  '{"orderId":"A-1"}',
];

const cases: Readonly<Record<string, readonly Case[]>> = {
  "order-processing": [
    {
      put: placed("orders"),
      reaches: { fulfilment: order, billing: { invoiceFor: "A-1", customer: "c-1" } },
    },
    {
      put: `${placed("orders")} --var price=9000`,
      reaches: { fulfilment: order, billing: { invoiceFor: "A-1" }, review: order },
    },
  ],
  demo: [{ put: placed("orders"), reaches: { fulfilment: order, "orders-dlq": order } }],
  "user-management": [
    {
      put: "user-registered -b accounts --var userId=u-1 --var email=a@example.com",
      reaches: {
        welcome: { mail: "welcome", to: "a@example.com" },
        confirmation: { mail: "confirm-address", user: "u-1", to: "a@example.com" },
        directory: { detail: { userId: "u-1" } },
      },
    },
    {
      put: "user-registered -b accounts --var userId=u-2 --var plan=team --var verified=true",
      reaches: {
        welcome: { mail: "welcome" },
        sales: { userId: "u-2", plan: "team" },
        directory: { detail: { plan: "team" } },
      },
    },
  ],
  "data-pipeline": [
    {
      put: "file-uploaded -b pipeline --var bytes=1000 --var bucket=b --var dataset=d",
      reaches: {
        validation: { bucket: "b", size: 1000 },
        catalog: { table: "d", location: expect.stringMatching(/^s3:\/\/b\/raw\/d\/dt=.*\.parquet$/) },
      },
    },
    {
      put: "file-uploaded -b pipeline --var bytes=60000000 --var format=csv",
      reaches: { validation: { format: "csv" }, split: { detail: { size: 60000000 } } },
    },
    {
      put: "file-uploaded -b pipeline --var bytes=60000000 --var format=xls",
      reaches: { quarantine: { format: "xls" } },
    },
  ],
  audit: [
    {
      put: "audit-recorded -b applications --var actor=u-1 --var action=key.rotate --var subject=key/1 --var outcome=denied",
      reaches: {
        "evidence.fifo": { detail: { outcome: "denied" } },
        security: { alert: "denied: u-1 key.rotate on key/1" },
      },
    },
    {
      put: "audit-recorded -b applications --var action=record.export",
      reaches: { "evidence.fifo": { source: "com.example.audit" }, privacy: { action: "record.export" } },
    },
    { put: "user-registered -b applications", reaches: {} },
  ],
  "real-time-analytics": [
    {
      put: "page-viewed -b clickstream --var path=/docs/start --var sessionId=s-1",
      reaches: {
        counters: { path: "/docs/start" },
        sessions: { session: "s-1" },
        docs: { path: "/docs/start" },
      },
    },
    {
      put: "page-viewed -b clickstream --var path=/ --var sessionId=s-1 --set detail.timing.loadMs:=6000",
      reaches: {
        counters: { path: "/" },
        sessions: { session: "s-1" },
        alarms: "https://www.example.com/ took 6000 ms",
      },
    },
  ],
  cqrs: [
    {
      put: placed("facts"),
      reaches: {
        "order-list": { upsert: "order-list", key: { customer: "c-1", order: "A-1" } },
        "article-sales": { append: "article-sales", items: [{ quantity: 2, unitPrice: 10 }] },
        search: order,
      },
    },
    { put: made("commands", "com.example.shop", "Command: PlaceOrder"), reaches: { "decider.fifo": order } },
  ],
  "event-sourcing": [
    { put: placed("event-store"), reaches: { "log.fifo": order, balances: { debit: "c-1" } } },
    {
      put: "payment-failed -b event-store --var orderId=A-1 --var reason=card_expired",
      reaches: { "log.fifo": order, balances: { noteOn: "A-1", reason: "card_expired" } },
    },
  ],
  saga: [
    { put: placed("purchase"), reaches: { stock: { command: "ReserveStock", order: "A-1" } } },
    {
      put: made("purchase", "com.example.warehouse", "Stock Reserved"),
      reaches: { payment: { command: "Charge", order: "A-1" } },
    },
    {
      put: made("purchase", "com.example.payments", "Payment Captured"),
      reaches: { shipping: { command: "Ship", order: "A-1" } },
    },
    {
      put: made("purchase", "com.example.warehouse", "Stock Short"),
      reaches: { orders: { command: "CancelOrder", order: "A-1" } },
    },
    {
      put: "payment-failed -b purchase --var orderId=A-1",
      reaches: { "payment-retries": { command: "Charge", order: "A-1" } },
    },
    {
      put: "payment-failed -b purchase --var orderId=A-1 --var attempt=3",
      reaches: {
        stock: { command: "ReleaseStock", order: "A-1" },
        orders: { command: "CancelOrder", order: "A-1" },
      },
    },
  ],
};

const folder = join(import.meta.dirname, "../../../templates/buses");
const starters = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -5));

describe.each(starters)("templates/buses/%s.json", (starter) => {
  const file = JSON.parse(readFileSync(join(folder, `${starter}.json`), "utf8")) as BusFile;

  it("is applied twice with the same outcome, and what is published reaches the queues that it should", async () => {
    const clock = windableClock(Date.parse("2026-01-02T03:04:05Z"));
    await using local = await startLocal({ clock });
    const env = { EVB_LOCAL_URL: local.url };
    for (let time = 1; time <= 2; time++)
      expect(await runEvb(["local", "apply", starter], { env })).toMatchObject({ code: 0 });
    for (const { put, reaches } of cases[starter] ?? []) {
      const argv = typeof put === "string" ? put.split(" ") : put;
      expect(await runEvb(["put", ...argv, "--local"], { env })).toMatchObject({ code: 0 });
      await clock.advance(900_000);
      expect({ put, has: await takeAll(local, Object.keys(file.queues)) }).toEqual({
        put,
        has: expected(reaches),
      });
    }
  });

  it("says what each bus and rule is for, and loses nothing that cannot be delivered", () => {
    expect(cases[starter]?.length).toBeGreaterThan(0);
    for (const { description, rules } of Object.values(file.buses)) {
      expect(description).toBeTruthy();
      for (const rule of Object.values(rules)) {
        expect(rule.description).toBeTruthy();
        for (const target of rule.targets) expect(target.deadLetterQueue).toBeTruthy();
      }
    }
  });
});

it("event-sourcing: a replay goes to the projection that is rebuilt, and nowhere else", async () => {
  const clock = windableClock(Date.parse("2026-01-02T03:04:05Z"));
  await using local = await startLocal({ clock });
  const env = { EVB_LOCAL_URL: local.url };
  await runEvb(["local", "apply", "event-sourcing"], { env });
  const events = new EventBridgeClient(clientOf(local));
  const bus = `arn:aws:events:${local.region}:${local.account}:event-bus/event-store`;
  const { ArchiveArn } = await events.send(
    new CreateArchiveCommand({ ArchiveName: "all", EventSourceArn: bus }),
  );
  const time = "2026-01-02T03:04:00Z";
  await runEvb(["put", ...placed("event-store").split(" "), "--time", time, "--local"], { env });
  const queues = ["log.fifo", "balances", "rebuild"];
  expect(Object.keys(await takeAll(local, queues))).toEqual(["log.fifo", "balances"]);
  await events.send(
    new StartReplayCommand({
      ReplayName: "again",
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date("2026-01-02T03:00:00Z"),
      EventEndTime: new Date("2026-01-02T03:04:05Z"),
      Destination: { Arn: bus },
    }),
  );
  await clock.advance(60_000);
  expect(await takeAll(local, queues)).toEqual({ rebuild: [like({ "replay-name": "again", ...order })] });
});

/** What the queues have, by name, each the bodies of its messages; and they have it no longer. */
async function takeAll(local: Local, queues: readonly string[]): Promise<Record<string, unknown[]>> {
  const sqs = new SQSClient(clientOf(local));
  const found: Record<string, unknown[]> = {};
  for (const name of queues) {
    const QueueUrl = `${local.url}/${local.account}/${name}`;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    if (Messages.length > 0) found[name] = Messages.map(({ Body }) => JSON.parse(Body!));
  }
  return found;
}

const expected = (reaches: Case["reaches"]): Record<string, unknown[]> =>
  Object.fromEntries(
    Object.entries(reaches).map(([queue, body]) => [queue, [typeof body === "string" ? body : like(body)]]),
  );

/** An object that has at least these fields, however deep. */
const like = (body: object): unknown =>
  Array.isArray(body)
    ? body.map((part) => like(part))
    : expect.objectContaining(
        Object.fromEntries(
          Object.entries(body).map(([key, value]) => [
            key,
            value?.constructor === Object || Array.isArray(value) ? like(value) : value,
          ]),
        ),
      );

const clientOf = ({ url, region }: Local) => ({
  endpoint: url,
  region,
  credentials: { accessKeyId: "x", secretAccessKey: "x" },
});
