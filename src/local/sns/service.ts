import type { Queues, Service, Site, Topics } from "../ports.ts";
import { flag, map, record, text } from "../protocol/shape.ts";
import type { StandIns } from "../stand-ins.ts";
import { createTopic } from "./actions/create-topic.ts";
import { deleteTopic } from "./actions/delete-topic.ts";
import { publish } from "./actions/publish.ts";
import { subscribe } from "./actions/subscribe.ts";
import { unsubscribe } from "./actions/unsubscribe.ts";
import { keeperOf, openTopics, recentKind } from "./kept.ts";
import type { Context, Operation } from "./operation.ts";

const operations = [createTopic, deleteTopic, publish, subscribe, unsubscribe] as const;

/** Amazon SNS: topics that queues subscribe to, and topics that handlers stand for. AWS Query. */
export function openSnsService(site: Site, standIns: StandIns, queues: Queues): Service & Topics {
  const context: Context = { site, standIns, queues, topics: openTopics(site), stoodFor: new Map() };
  return {
    target: "SNS",
    contentType: "application/x-amz-json-1.0",
    errorPrefix: () => "",
    actions: new Map(operations.map((each: Operation) => [each.name, (input) => each.run(context, input)])),
    inputs: {
      CreateTopic: record({ Name: text, Attributes: map("Attributes", "key", "value", text) }),
      DeleteTopic: record({ TopicArn: text }),
      Publish: record({
        TopicArn: text,
        TargetArn: text,
        Message: text,
        Subject: text,
        MessageStructure: text,
        MessageGroupId: text,
        MessageDeduplicationId: text,
        MessageAttributes: map(
          "MessageAttributes",
          "Name",
          "Value",
          record({ DataType: text, StringValue: text, BinaryValue: text }),
        ),
      }),
      Subscribe: record({
        TopicArn: text,
        Protocol: text,
        Endpoint: text,
        Attributes: map("Attributes", "key", "value", text),
        ReturnSubscriptionArn: flag,
      }),
      Unsubscribe: record({ SubscriptionArn: text }),
    },
    query: {
      version: "2010-03-31",
      namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
      outputs: {
        CreateTopic: record({ TopicArn: text }),
        Publish: record({ MessageId: text, SequenceNumber: text }),
        Subscribe: record({ SubscriptionArn: text }),
      },
    },
    has: (topicArn) => context.topics.has(topicArn),
    publish: (TopicArn, Message) => void publish.run(context, { TopicArn, Message }),
    keeper: keeperOf(context.topics),
    reset() {
      for (const arn of context.topics.keys()) site.ledger?.dropAll(recentKind(arn));
      context.topics.clear();
      context.stoodFor.clear();
    },
  };
}
