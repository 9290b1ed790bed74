import type { CreateTopicInput, CreateTopicResponse } from "@aws-sdk/client-sns";
import { renderArn } from "../../../core/arn.ts";
import { invalid, newTopic, type Operation } from "../operation.ts";

/** A topic that is there already is answered as if it had just been made, as on AWS. */
export const createTopic = {
  name: "CreateTopic",
  run({ site, topics }, { Name = "", Attributes = {} }) {
    const fifo = Attributes.FifoTopic === "true";
    if (!/^[\w-]{1,256}(\.fifo)?$/.test(Name) || fifo !== Name.endsWith(".fifo")) throw invalid("Topic Name");
    const TopicArn = renderArn(site, "sns", Name);
    if (!topics.has(TopicArn))
      topics.set(TopicArn, newTopic(TopicArn, Attributes.ContentBasedDeduplication === "true"));
    return { TopicArn };
  },
} satisfies Operation<CreateTopicInput, CreateTopicResponse>;
