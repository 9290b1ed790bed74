import { describe, expect, it } from "vitest";
import { arnOf, event, failure, openLab } from "./lab.ts";
import { letter, openShop, toTarget } from "./shop.ts";

describe("redrive --to target", () => {
  it("gives the event to the one target that failed, as its rule makes it, and takes it out of the queue", async () => {
    await using lab = await openShop({
      InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '{"number": <n>}' },
    });
    await letter(lab, "e1");
    const { code, lines, err } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code, err).toBe(0);
    expect(lines()).toEqual([
      {
        messageId: expect.any(String),
        status: "redriven",
        destination: arnOf("billing"),
        event: { id: "e1", source: "shop", detailType: "Order Placed" },
        errorCode: "NO_PERMISSIONS",
      },
    ]);
    const [message] = await lab.messages("billing");
    expect(message!.Body).toBe('{"number":1}');
    expect(Object.keys(message!.MessageAttributes ?? {})).toEqual(["evb-redrives"]);
    expect(await lab.bodies("audit")).toEqual([]);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("keeps the event to the byte where the rule sends it whole", async () => {
    await using lab = await openShop();
    const body = event("e1").replace('"n":1', '"n": 12345678901234567890, "ü": "\\u00fc"');
    await letter(lab, "e1", { body });
    expect((await lab.dlq(["redrive", "dlq", "--yes"])).code).toBe(0);
    expect(await lab.bodies("billing")).toEqual([body]);
  });

  it("takes the filters together and leaves the rest where it is", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    await letter(lab, "e2", { code: "THROTTLING" });
    await letter(lab, "e3", { target: "audit" });
    await letter(lab, "e4", { body: event("e4", "shop", { n: 4 }, "Order Cancelled") });
    const args = ["--error-code", "NO_PERMISSIONS", "--error-code", "TIMEOUT", "--target", "billing"];
    const { code, err } = await lab.dlq([
      ...["redrive", "dlq", "--yes", "--rule", "bill", "--source", "shop", "--detail-type", "Order Placed"],
      ...args,
      ...["--pattern", '{"detail":{"n":[{"numeric":["<",3]}]}}'],
    ]);
    expect(code, err).toBe(0);
    expect(err).toContain("1 message redriven, of queue dlq, account 000000000000, us-east-1");
    expect((await lab.bodies("billing")).map((body) => JSON.parse(body).id)).toEqual(["e1"]);
    expect((await lab.bodies("dlq")).map((body) => JSON.parse(body).id).sort()).toEqual(["e2", "e3", "e4"]);
  });

  it("says which rule or target has gone, leaves the message, and ends with 3", async () => {
    await using lab = await openShop();
    await lab.send("dlq", event("e1"), failure("shop/gone", arnOf("billing")));
    await lab.send("dlq", event("e2"), failure("shop/bill", arnOf("elsewhere")));
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code).toBe(3);
    expect(lines().map(({ status, reason }) => [status, reason])).toEqual([
      ["skipped", "rule gone of bus shop does not exist any more"],
      ["skipped", `rule bill of bus shop has no target ${arnOf("elsewhere")} any more`],
    ]);
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
  });

  it("puts the event on an event bus that was the target", async () => {
    await using lab = await openShop();
    await lab.queue("seen");
    await lab.allow("seen");
    await lab.rule("other", "all", "shop", [{ Id: "seen", Arn: arnOf("seen") }]);
    const bus = "arn:aws:events:us-east-1:000000000000:event-bus/other";
    await lab.rule("shop", "bill", "shop", [
      { Id: "bus", Arn: bus, RoleArn: "arn:aws:iam::000000000000:role/r" },
    ]);
    await lab.send("dlq", event("e1"), failure("shop/bill", bus));
    const { code, lines, err } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code, err).toBe(0);
    expect(lines()[0]).toMatchObject({ status: "redriven", destination: bus });
    await expect.poll(() => lab.bodies("seen")).toHaveLength(1);
  });

  it("gives a FIFO target its group from the rule", async () => {
    await using lab = await openShop();
    await lab.queue("line.fifo", { ContentBasedDeduplication: "true" });
    await lab.rule("shop", "bill", "shop", [
      toTarget("line.fifo", "dlq", { SqsParameters: { MessageGroupId: "g1" } }),
    ]);
    const id = await lab.send("dlq", event("e1"), failure("shop/bill", arnOf("line.fifo")));
    const { code, err } = await lab.dlq(["redrive", "dlq", "--yes"]);
    expect(code, err).toBe(0);
    const [message] = await lab.messages("line.fifo");
    expect(message!.Attributes).toMatchObject({ MessageGroupId: "g1", MessageDeduplicationId: `evb-${id}` });
  });

  it("moves a message of a redrive policy to its source queue with all its attributes", async () => {
    await using lab = await openLab();
    await lab.queue("dlq");
    await lab.queue("work", {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 1 }),
    });
    await lab.send("work", "not even JSON", { colour: "blue" });
    await lab.messages("work");
    // The second receive is one too many.
    await lab.messages("work");
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "source", "--yes"]);
    expect(code, err).toBe(0);
    const [message] = await lab.messages("work");
    expect(message).toMatchObject({
      Body: "not even JSON",
      MessageAttributes: { colour: { StringValue: "blue" }, "evb-redrives": { StringValue: "1" } },
    });
  });
});

describe("redrive --to bus", () => {
  it("publishes again: every rule fires, source, type, time and detail stay", async () => {
    await using lab = await openShop();
    await lab.allow("billing");
    await lab.allow("audit");
    await letter(lab, "e1");
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("every rule that matches fires again");
    await expect.poll(() => lab.bodies("audit")).toHaveLength(1);
    const [body] = await lab.bodies("billing");
    const published = JSON.parse(body!);
    expect(published).toMatchObject({ source: "shop", time: "2026-01-02T03:04:05Z", detail: { n: 1 } });
    expect(published.id).not.toBe("e1");
  });

  it("refuses what AWS would refuse or lose: aws.* sources, no rule that matches, a bus that is missing", async () => {
    await using lab = await openShop();
    await letter(lab, "e1", { body: event("e1", "aws.ec2") });
    await letter(lab, "e2", { body: event("e2", "nobody") });
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--yes", "--json"]);
    expect(code).toBe(3);
    expect(lines().map(({ reason }) => reason)).toEqual([
      expect.stringContaining("only AWS services may send from a source that begins with aws."),
      "no enabled rule of bus shop matches it, so it would vanish",
    ]);
    const missing = await lab.dlq(["redrive", "dlq", "--to", "bus:nowhere", "--yes"]);
    expect(missing.code).toBe(4);
    expect(missing.err).toContain("event bus nowhere does not exist");
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
  });
});

describe("redrive --to queue", () => {
  it("moves the whole message", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    await lab.send("dlq", "of nobody's making");
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "queue:audit", "--yes"]);
    expect(code, err).toBe(0);
    const messages = await lab.messages("audit");
    expect(messages.map(({ Body }) => Body).sort()).toEqual(["of nobody's making", event("e1")].sort());
    const attributes = messages.find(({ Body }) => Body === event("e1"))!.MessageAttributes!;
    expect(attributes.ERROR_CODE!.StringValue).toBe("NO_PERMISSIONS");
  });

  it("warns where the destination's own dead letters come back into the queue", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    const policy = { deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 3 };
    await lab.queue("work", { RedrivePolicy: JSON.stringify(policy) });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "queue:work", "--dry-run"]);
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("warning: queue work has dlq as its own dead-letter queue: what its consumer"),
    ]);
  });

  it("does not go round in a circle", async () => {
    await using lab = await openShop();
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "queue:dlq", "--yes"]);
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      "evb: error: the messages would go round in a circle: dlq is source and destination",
    ]);
  });
});
