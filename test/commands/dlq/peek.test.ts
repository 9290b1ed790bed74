import { describe, expect, it } from "vitest";
import { arnOf, event, failure, openLab } from "./lab.ts";

const billing = arnOf("billing");

async function openFilled() {
  const lab = await openLab();
  await lab.queue("dlq");
  await lab.send("dlq", event("e1"), failure("shop/bill", billing));
  await lab.send("dlq", event("e2"), failure("shop/bill", billing));
  await lab.send("dlq", event("e3", "web"), failure("ship", arnOf("shipping"), "THROTTLING", "slow down"));
  await lab.send("dlq", "no JSON at all");
  return lab;
}

describe("peek", () => {
  it("shows messages with the reason in plain words, grouped, and leaves them", async () => {
    await using lab = await openFilled();
    const before = await lab.bodies("dlq");
    const { code, out, err } = await lab.dlq(["peek", "dlq"]);
    expect(code).toBe(0);
    expect(out).toContain(`  event   shop · Order Placed · e1
  rule    bill (arn:aws:events:us-east-1:000000000000:rule/shop/bill)
  target  billing (${billing})
  error   NO_PERMISSIONS: denied
  tries   after 3 retries until MaximumRetryAttempts
  means   EventBridge may not call the target
`);
    expect(out).toMatch(/COUNT {2}ERROR-CODE {6}RULE {2}TARGET {4}OLDEST/);
    expect(out).toMatch(/2 {6}NO_PERMISSIONS {2}bill {2}billing/);
    expect(out).toMatch(/1 {6}- {15}- {5}-/);
    expect(err).toContain("4 messages in queue dlq; the oldest is dropped by SQS at ");
    expect(await lab.bodies("dlq")).toEqual(before);
    expect(await lab.counts("dlq")).toEqual({ visible: 4, hidden: 0 });
  });

  it("does not count what it has left out as if it were not there", async () => {
    await using lab = await openFilled();
    const said = async (...args: string[]) => (await lab.dlq(["peek", "dlq", ...args])).err.split("\n")[0];
    expect(await said("--max", "2")).toContain("2 messages in queue dlq (--max 2; there may be more); the");
    expect(await said("--rule", "bill", "--max", "9")).toMatch(
      /messages? in queue dlq pass(es)? the filters; /,
    );
    await lab.queue("empty");
    const nothing = await lab.dlq(["redrive", "empty", "--dry-run"]);
    expect(nothing.err).toMatch(/^evb: queue empty, account .* holds nothing to redrive\n/);
  });

  it("writes one message a line as JSON, everything in it", async () => {
    await using lab = await openFilled();
    const { lines } = await lab.dlq(["peek", "dlq", "--json", "--rule", "bill", "--max", "1"]);
    expect(lines()).toEqual([
      {
        messageId: expect.any(String),
        kind: "eventbridge",
        errorCode: "NO_PERMISSIONS",
        errorMessage: "denied",
        rule: "arn:aws:events:us-east-1:000000000000:rule/shop/bill",
        target: billing,
        origin: "arn:aws:events:us-east-1:000000000000:rule/shop/bill",
        attempts: 3,
        exhausted: "MaximumRetryAttempts",
        sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
        receives: 1,
        event: JSON.parse(event("e1")),
        attributes: expect.objectContaining({
          ERROR_CODE: { DataType: "String", StringValue: "NO_PERMISSIONS" },
        }),
        systemAttributes: expect.objectContaining({ SentTimestamp: expect.any(String) }),
      },
    ]);
  });

  it("groups by what is asked for", async () => {
    await using lab = await openFilled();
    const { lines } = await lab.dlq(["peek", "dlq", "--json", "--group-by", "source,kind"]);
    expect(lines().map(({ source, kind, count }) => [source, kind, count])).toEqual([
      ["shop", "eventbridge", 2],
      ["web", "eventbridge", 1],
      [null, "unknown", 1],
    ]);
    const wrong = await lab.dlq(["peek", "dlq", "--group-by", "colour"]);
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringContaining('"colour" is none of error-code, rule,'),
    ]);
  });

  it("shows one message that is asked for, whatever it is", async () => {
    await using lab = await openFilled();
    const all = (await lab.dlq(["peek", "dlq", "--json"])).lines();
    const { messageId } = all.find(({ kind }) => kind === "unknown")!;
    const { out } = await lab.dlq(["peek", "dlq", "--message-id", String(messageId)]);
    expect(out).toContain("  from           unknown kind\n");
    expect(out).toContain("\n    no JSON at all\n");
  });

  it("filters by the time at which messages came in", async () => {
    await using lab = await openFilled();
    const count = async (...args: string[]) =>
      (await lab.dlq(["peek", "dlq", "--json", ...args])).lines().length;
    expect(await count("--since", "1h")).toBe(4);
    expect(await count("--until", "1h")).toBe(0);
    expect(await count("--older-than", "1h")).toBe(0);
    expect(await count("--since", "2020-01-02T03:04:05Z", "--until", "2099-01-02T03:04:05Z")).toBe(4);
  });

  it("warns when looking has a price", async () => {
    await using lab = await openFilled();
    await lab.queue("work", {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 5 }),
    });
    const { err } = await lab.dlq(["peek", "work"]);
    expect(err).toBe(
      `evb: warning: queue work gives a message 5 times and then moves it to ${arnOf("dlq")}; each look counts as one\nevb: queue work is empty\n`,
    );
  });

  it("says what somebody else holds", async () => {
    await using lab = await openFilled();
    const { ReceiveMessageCommand } = await import("@aws-sdk/client-sqs");
    await lab.sqs.send(new ReceiveMessageCommand({ QueueUrl: `${lab.local.url}/000000000000/dlq` }));
    const { err } = await lab.dlq(["peek", "dlq"]);
    expect(err).toContain("evb: 1 message in flight elsewhere: a consumer or another run holds them");
  });

  it("ends silently when its reader has gone, and gives the messages back", async () => {
    await using lab = await openFilled();
    const { code, err } = await lab.dlq(["peek", "dlq", "--json"], { closeAfter: 10 });
    expect([code, err]).toEqual([0, ""]);
    expect(await lab.counts("dlq")).toEqual({ visible: 4, hidden: 0 });
  });
});
