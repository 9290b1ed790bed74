// What a person writes with the SDK: four long polls on a queue, print what comes, delete it.
// usage: node loop.mjs URL QUEUE
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const [, , endpoint, queue] = process.argv;
const sqs = new SQSClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  useQueueUrlAsEndpoint: false,
});
const QueueUrl = `${endpoint}/000000000000/${queue}`;
const end = new AbortController();
process.on("SIGTERM", () => end.abort());

async function work() {
  while (!end.signal.aborted) {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
    const { Messages = [] } = await sqs.send(command, { abortSignal: end.signal }).catch(() => ({}));
    if (Messages.length === 0) continue;
    for (const { Body } of Messages) process.stdout.write(`${Body}\n`);
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
}

process.stderr.write("listening\n");
await Promise.all(Array.from({ length: 4 }, work));
sqs.destroy();
