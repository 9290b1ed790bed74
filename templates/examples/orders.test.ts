/**
 * How to test rules, targets and consumers with vitest, without an AWS account: the emulator runs in the test's own
 * process, clients of the AWS SDK talk to it over HTTP, and its clock is wound by hand.
 *
 *     npm install --save-dev evb-cli vitest @aws-sdk/client-eventbridge @aws-sdk/client-sqs
 */
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startLocal, windableClock } from "evb-cli";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const invoicer = "arn:aws:lambda:us-east-1:000000000000:function:invoicer";
const invoiced: unknown[] = [];
let invoicerIsDown = false;

const local = await startLocal({
  clock: windableClock(),
  // A Lambda function's stand-in; a rejection is a failed delivery.
  handlers: {
    [invoicer]: (event) => {
      if (invoicerIsDown) throw new Error("the invoicer is down");
      invoiced.push(event);
    },
  },
});
const events = new EventBridgeClient(local.client);
const sqs = new SQSClient(local.client);

beforeEach(async () => {
  local.reset();
  invoiced.length = 0;
  invoicerIsDown = false;
  await sqs.send(new CreateQueueCommand({ QueueName: "orders-dlq", Attributes: { Policy: letRulesSend } }));
  await events.send(new CreateEventBusCommand({ Name: "orders" }));
  const rule = { Name: "large-orders", EventBusName: "orders", EventPattern: JSON.stringify(largeOrders) };
  await events.send(new PutRuleCommand(rule));
  const target = {
    Id: "invoicer",
    Arn: invoicer,
    InputPath: "$.detail",
    RetryPolicy: { MaximumRetryAttempts: 3 },
    DeadLetterConfig: { Arn: "arn:aws:sqs:us-east-1:000000000000:orders-dlq" },
  };
  await events.send(new PutTargetsCommand({ Rule: "large-orders", EventBusName: "orders", Targets: [target] }));
});

afterAll(() => local.close());

describe("large orders", () => {
  it("are invoiced", async () => {
    await place({ orderId: "A-1", total: 120 });
    await local.spy.waitFor({ rule: "large-orders", outcome: "delivered" });
    expect(invoiced).toEqual([{ orderId: "A-1", total: 120 }]);
  });

  it("are the only ones", async () => {
    await place({ orderId: "A-2", total: 20 });
    await local.spy.waitFor({ bus: "orders", pattern: { detail: { orderId: ["A-2"] } } });
    expect(local.spy.seen({ rule: "large-orders" })).toEqual([]);
  });

  it("wait in the dead-letter queue while the invoicer is down", async () => {
    invoicerIsDown = true;
    await place({ orderId: "A-3", total: 300 });
    await local.clock.advance(60 * 60 * 1000);
    const { attempts } = await local.spy.waitFor({ rule: "large-orders", outcome: "dead-lettered" });
    expect(attempts).toBe(4);
    const QueueUrl = `${local.url}/${local.account}/orders-dlq`;
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages![0]!.Body!).detail).toEqual({ orderId: "A-3", total: 300 });
  });

  it("are not lost when EventBridge throttles a call: the SDK tries again", async () => {
    local.faults.add({ operation: "PutEvents", kind: "throttle", nth: 1 });
    await place({ orderId: "A-4", total: 400 });
    await local.spy.waitFor({ rule: "large-orders", outcome: "delivered" });
    expect(local.faults.calls("PutEvents")).toBe(2);
  });
});

const largeOrders = {
  source: ["com.example.shop"],
  "detail-type": ["Order Placed"],
  detail: { total: [{ numeric: [">", 100] }] },
};

/** As on AWS, a queue takes only what its policy lets in. */
const letRulesSend = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:us-east-1:000000000000:orders-dlq",
    },
  ],
});

async function place(order: object): Promise<void> {
  const entry = { EventBusName: "orders", Source: "com.example.shop", DetailType: "Order Placed" };
  const { FailedEntryCount } = await events.send(
    new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(order) }] }),
  );
  expect(FailedEntryCount).toBe(0);
}
