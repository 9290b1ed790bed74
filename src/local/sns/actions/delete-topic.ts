import type { DeleteTopicInput } from "@aws-sdk/client-sns";
import type { Operation } from "../operation.ts";

/** A topic that is not there is no error, as on AWS. */
export const deleteTopic = {
  name: "DeleteTopic",
  run({ topics }, { TopicArn = "" }) {
    topics.delete(TopicArn);
    return undefined;
  },
} satisfies Operation<DeleteTopicInput>;
