import { createHash } from "node:crypto";
import type { PublishInput, PublishResponse } from "@aws-sdk/client-sns";
import { uuidFrom } from "../../ids.ts";
import type { Wire } from "../../wire.ts";
import { recentKind } from "../kept.ts";
import {
  type Answered,
  type Context,
  invalid,
  newTopic,
  notFound,
  type Operation,
  type Topic,
} from "../operation.ts";
import { spread } from "../spread.ts";

const messageBytes = 256 * 1024;
/** A FIFO topic forgets a deduplication id after this. Source: SNS, message deduplication. */
const windowMs = 5 * 60e3;

/** A FIFO topic answers a message that it knows like the first one, and passes it on to nobody. */
export const publish = {
  name: "Publish",
  run(context, input) {
    const { site, standIns } = context;
    const { Message = "" } = input;
    const topic = topicOf(context, input.TopicArn ?? input.TargetArn ?? "");
    if (Message === "") throw invalid("Empty message");
    if (Buffer.byteLength(Message) > messageBytes) throw invalid("Message too long");
    const id = deduplicationId(topic, input);
    const now = site.clock.now();
    const known = id === undefined ? undefined : topic.recent.get(id);
    if (known !== undefined && now - known.at < windowMs) return { MessageId: known.messageId };
    const MessageId = uuidFrom(site.random);
    if (id !== undefined) remember(context, topic, id, { at: now, messageId: MessageId });
    void standIns.start({ targetArn: topic.arn, body: Message, request: input });
    spread(context, topic, input, { messageId: MessageId, deduplicationId: id });
    return { MessageId };
  },
} satisfies Operation<PublishInput, PublishResponse>;

function remember({ site, topics }: Context, topic: Topic, id: string, answered: Answered): void {
  const ledger = topics.has(topic.arn) ? site.ledger : undefined;
  const kind = recentKind(topic.arn);
  for (const [old, { at }] of topic.recent) {
    if (answered.at - at < windowMs) break;
    topic.recent.delete(old);
    ledger?.drop(kind, old);
  }
  topic.recent.set(id, answered);
  ledger?.put(kind, id, () => answered);
}

/** A topic that was made here, or that a handler stands for. */
function topicOf({ topics, stoodFor, standIns }: Context, arn: string): Topic {
  const known = topics.get(arn) ?? stoodFor.get(arn);
  if (known !== undefined) return known;
  if (!standIns.has(arn)) throw notFound();
  const topic = newTopic(arn, false);
  stoodFor.set(arn, topic);
  return topic;
}

function deduplicationId(topic: Topic, input: Wire<PublishInput>): string | undefined {
  const { MessageGroupId, MessageDeduplicationId, Message = "" } = input;
  if (!topic.fifo) {
    if (MessageDeduplicationId !== undefined)
      throw invalid(
        "The request includes a parameter MessageDeduplicationId which is not valid for this topic type",
      );
    return undefined;
  }
  if (MessageGroupId === undefined) throw invalid("The MessageGroupId parameter is required for FIFO topics");
  if (MessageDeduplicationId !== undefined) return MessageDeduplicationId;
  if (topic.contentBased) return createHash("sha256").update(Message).digest("hex");
  throw invalid(
    "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}
