// What a person writes with the SDK: lines in tens, so many calls in flight.
// usage: node loop.mjs URL FILE CALLS
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

const [, , endpoint, file, calls] = process.argv;
const events = new EventBridgeClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
});

async function* batches() {
  let batch = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { source, detail, ...event } = JSON.parse(line);
    batch.push({
      Source: source,
      DetailType: event["detail-type"],
      Detail: JSON.stringify(detail),
      EventBusName: "orders",
    });
    if (batch.length < 10) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const source = batches();
async function work() {
  for (;;) {
    const { value, done } = await source.next();
    if (done) return;
    const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: value }));
    if (FailedEntryCount > 0) throw new Error(`${FailedEntryCount} failed`);
  }
}

await Promise.all(Array.from({ length: Number(calls) }, work));
events.destroy();
