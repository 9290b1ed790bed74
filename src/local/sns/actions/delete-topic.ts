import type { DeleteTopicInput } from "@aws-sdk/client-sns";
import { recentKind } from "../kept.ts";
import type { Operation } from "../operation.ts";

/** A topic that is not there is no error, as on AWS. */
export const deleteTopic = {
  name: "DeleteTopic",
  run({ site, topics }, { TopicArn = "" }) {
    site.ledger?.dropAll(recentKind(TopicArn));
    topics.delete(TopicArn);
    return undefined;
  },
} satisfies Operation<DeleteTopicInput>;
