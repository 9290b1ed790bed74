// What a server is asked to do. Each load says how many events or messages it did, in which time.
import { parse } from "./client.mjs";
import { measure } from "./cost.mjs";

let queues = 0;

/** An empty queue of a name that no other has. */
export async function makeQueue(pool) {
  const QueueName = `bench-${queues++}`;
  const { QueueUrl } = await pool.call("AmazonSQS.CreateQueue", { QueueName });
  const { Attributes } = await pool.call("AmazonSQS.GetQueueAttributes", {
    QueueUrl,
    AttributeNames: ["QueueArn"],
  });
  return { QueueUrl, arn: Attributes.QueueArn };
}

export async function fillQueue(pool, { QueueUrl }, messages, bytes) {
  const Entries = times(10, (n) => ({ Id: `${n}`, MessageBody: "x".repeat(bytes) }));
  const batch = pool.request("AmazonSQS.SendMessageBatch", { QueueUrl, Entries });
  await pool.times(messages / 10, (send) => send(batch));
}

const times = (count, action) => Array.from({ length: count }, (_, at) => action(at));

/** A rule that takes what `putEvents` puts. */
export const putRule = (pool, EventBusName) =>
  pool.call("AWSEvents.PutRule", { Name: "taken", EventBusName, EventPattern: '{"source":["bench"]}' });

/**
 * Measures events that are put, ten a call, and that the rule `taken` hands to a queue of their own. Throws when not every
 * event is in the queue afterwards.
 */
export async function putEvents(server, pool, EventBusName, seconds) {
  const queue = await makeQueue(pool);
  const Targets = [{ Id: "queue", Arn: queue.arn }];
  await pool.call("AWSEvents.PutTargets", { Rule: "taken", EventBusName, Targets });
  const Entries = times(10, (n) => ({
    EventBusName,
    Source: "bench",
    DetailType: "Order Placed",
    Detail: JSON.stringify({ n, customer: "c-1", total: 12.5 }),
  }));
  const put = pool.request("AWSEvents.PutEvents", { Entries });
  let events = 0;
  const measured = await measure(server, async () => {
    const { done, seconds: took } = await pool.repeat((send) => send(put), seconds);
    events = done * 10;
    return { done: events, seconds: took };
  });
  await demandMessages(pool, queue, events);
  await pool.call("AmazonSQS.DeleteQueue", { QueueUrl: queue.QueueUrl });
  return measured;
}

async function demandMessages(pool, { QueueUrl }, events) {
  const { Attributes } = await pool.call("AmazonSQS.GetQueueAttributes", {
    QueueUrl,
    AttributeNames: ["ApproximateNumberOfMessages"],
  });
  const there = Number(Attributes.ApproximateNumberOfMessages);
  if (there !== events) throw new Error(`${events} events were put, and ${there} are in the queue`);
}

/** A message is sent, received and deleted. */
export function cycle(pool, { QueueUrl }, seconds) {
  const sent = pool.request("AmazonSQS.SendMessage", { QueueUrl, MessageBody: "x".repeat(200) });
  const received = pool.request("AmazonSQS.ReceiveMessage", { QueueUrl });
  return pool.repeat(async (send) => {
    await send(sent);
    for (const { ReceiptHandle } of parse(await send(received)).Messages ?? [])
      await send(pool.request("AmazonSQS.DeleteMessage", { QueueUrl, ReceiptHandle }));
  }, seconds);
}

/** The same with batches of ten. */
export async function batches(pool, { QueueUrl }, seconds) {
  const Entries = times(10, (n) => ({ Id: `${n}`, MessageBody: "x".repeat(200) }));
  const sent = pool.request("AmazonSQS.SendMessageBatch", { QueueUrl, Entries });
  const received = pool.request("AmazonSQS.ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  const { done, seconds: took } = await pool.repeat(async (send) => {
    await send(sent);
    const { Messages = [] } = parse(await send(received));
    if (Messages.length === 0) return;
    const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: `${n}`, ReceiptHandle }));
    await send(pool.request("AmazonSQS.DeleteMessageBatch", { QueueUrl, Entries }));
  }, seconds);
  return { done: done * 10, seconds: took };
}
