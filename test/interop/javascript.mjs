// The AWS SDK for JavaScript: one life of a bus, its queues and its schemas. The suite of `npm test` goes into depth.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as eb from "@aws-sdk/client-eventbridge";
import * as registry from "@aws-sdk/client-schemas";
import * as queue from "@aws-sdk/client-sqs";
import { openChecks } from "./checks.mjs";
import { onLocal } from "./local.mjs";

const { version } = createRequire(import.meta.url)("@aws-sdk/client-eventbridge/package.json");

export const runJavaScript = () => onLocal(live);

async function live(local) {
  const { report, check } = openChecks();
  report.version = `@aws-sdk ${version}`;
  const settings = {
    endpoint: local.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
  const clients = {
    events: new eb.EventBridgeClient(settings),
    sqs: new queue.SQSClient(settings),
    schemas: new registry.SchemasClient(settings),
  };
  for (const [name, act] of Object.entries(life(clients))) await check(name, act);
  for (const client of Object.values(clients)) client.destroy();
  return report;
}

function life({ events, sqs, schemas }) {
  const bus = { EventBusName: "js" };
  const QueueName = "js";
  const arn = "arn:aws:sqs:us-east-1:000000000000:js";
  let QueueUrl;
  return {
    async "a queue that lets EventBridge in"() {
      const Statement = {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn,
      };
      const Attributes = {
        Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
        VisibilityTimeout: "0",
      };
      ({ QueueUrl } = await sqs.send(new queue.CreateQueueCommand({ QueueName, Attributes })));
      const found = await sqs.send(
        new queue.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      assert.equal(found.Attributes.Policy, Attributes.Policy);
    },
    async "a bus with a rule, a target and an archive"() {
      const { EventBusArn } = await events.send(new eb.CreateEventBusCommand({ Name: "js" }));
      await events.send(new eb.PutRuleCommand({ Name: "js", ...bus, EventPattern: '{"source":["shop"]}' }));
      const Targets = [
        {
          Id: "1",
          Arn: arn,
          InputTransformer: { InputPathsMap: { i: "$.detail.id" }, InputTemplate: '"<i>!"' },
        },
      ];
      const put = await events.send(new eb.PutTargetsCommand({ Rule: "js", ...bus, Targets }));
      assert.equal(put.FailedEntryCount, 0);
      await events.send(new eb.CreateArchiveCommand({ ArchiveName: "js", EventSourceArn: EventBusArn }));
    },
    async "an event goes from the bus to the queue"() {
      const entry = { ...bus, Source: "shop", DetailType: "Placed", Detail: '{"id":"é"}', Time: new Date() };
      const put = await events.send(
        new eb.PutEventsCommand({ Entries: [entry, { ...entry, Detail: "no" }] }),
      );
      assert.deepEqual([put.FailedEntryCount, put.Entries[1].ErrorCode], [1, "MalformedDetail"]);
      const { Messages } = await sqs.send(new queue.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
      assert.equal(Messages[0].Body, '"é!"');
      const { ReceiptHandle } = Messages[0];
      await sqs.send(new queue.DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      const { EventCount } = await events.send(new eb.DescribeArchiveCommand({ ArchiveName: "js" }));
      assert.equal(EventCount, 1);
    },
    async "a registry, a schema and its versions"() {
      const RegistryName = "js";
      const SchemaName = "shop@Placed";
      const content = (of) =>
        JSON.stringify({ openapi: "3.0.0", info: { title: "t", version: of }, paths: {} });
      await schemas.send(new registry.CreateRegistryCommand({ RegistryName }));
      await schemas.send(
        new registry.CreateSchemaCommand({
          RegistryName,
          SchemaName,
          Type: "OpenApi3",
          Content: content("1"),
        }),
      );
      await schemas.send(
        new registry.UpdateSchemaCommand({ RegistryName, SchemaName, Content: content("2") }),
      );
      const found = await schemas.send(new registry.DescribeSchemaCommand({ RegistryName, SchemaName }));
      assert.deepEqual([found.SchemaVersion, found.Content], ["2", content("2")]);
      await schemas.send(new registry.DeleteSchemaCommand({ RegistryName, SchemaName }));
      await schemas.send(new registry.DeleteRegistryCommand({ RegistryName }));
    },
    async "all is deleted"() {
      await events.send(new eb.DeleteArchiveCommand({ ArchiveName: "js" }));
      await events.send(new eb.RemoveTargetsCommand({ Rule: "js", ...bus, Ids: ["1"] }));
      await events.send(new eb.DeleteRuleCommand({ Name: "js", ...bus }));
      await events.send(new eb.DeleteEventBusCommand({ Name: "js" }));
      await sqs.send(new queue.DeleteQueueCommand({ QueueUrl }));
      await assert.rejects(sqs.send(new queue.GetQueueUrlCommand({ QueueName })), {
        name: "QueueDoesNotExist",
      });
    },
  };
}
