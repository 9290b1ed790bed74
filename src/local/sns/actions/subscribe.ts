import type { SubscribeInput, SubscribeResponse } from "@aws-sdk/client-sns";
import { uuidFrom } from "../../ids.ts";
import { invalid, notFound, type Operation } from "../operation.ts";

/** Queues only; for other subscribers a handler of the topic stands in. */
export const subscribe = {
  name: "Subscribe",
  run({ site, topics }, { TopicArn = "", Protocol, Endpoint = "", Attributes = {} }) {
    const topic = topics.get(TopicArn);
    if (topic === undefined) throw notFound();
    if (Protocol !== "sqs")
      throw invalid(`Protocol: the emulator knows sqs only; a handler of the topic can stand for the rest`);
    if (Attributes.FilterPolicy !== undefined) throw invalid("Attributes: filter policies are not emulated");
    if (!/^arn:[^:]+:sqs:/.test(Endpoint)) throw invalid("SQS endpoint ARN");
    const same = [...topic.subscriptions.values()].find(({ queueArn }) => queueArn === Endpoint);
    const arn = same?.arn ?? `${TopicArn}:${uuidFrom(site.random)}`;
    topic.subscriptions.set(arn, { arn, queueArn: Endpoint, raw: Attributes.RawMessageDelivery === "true" });
    topics.touch(TopicArn);
    return { SubscriptionArn: arn };
  },
} satisfies Operation<SubscribeInput, SubscribeResponse>;
