// What a person writes with the SDK: so many workers, each receives ten, sends ten, deletes ten, until nothing comes.
// usage: node loop.mjs URL SOURCE DESTINATION WORKERS
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

const [, , endpoint, source, destination, workers] = process.argv;
const sqs = new SQSClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  useQueueUrlAsEndpoint: false,
});
const urlOf = (name) => `${endpoint}/000000000000/${name}`;

async function work() {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: urlOf(source),
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
        VisibilityTimeout: 60,
      }),
    );
    if (Messages.length === 0) return;
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: urlOf(destination),
        Entries: Messages.map(({ Body, MessageAttributes }, index) => ({
          Id: String(index),
          MessageBody: Body,
          MessageAttributes,
        })),
      }),
    );
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: urlOf(source),
        Entries: (sent.Successful ?? []).map(({ Id }) => ({
          Id,
          ReceiptHandle: Messages[Number(Id)].ReceiptHandle,
        })),
      }),
    );
  }
}

await Promise.all(Array.from({ length: Number(workers) }, work));
sqs.destroy();
