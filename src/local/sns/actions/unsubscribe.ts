import type { UnsubscribeInput } from "@aws-sdk/client-sns";
import type { Operation } from "../operation.ts";

export const unsubscribe = {
  name: "Unsubscribe",
  run({ topics }, { SubscriptionArn = "" }) {
    const topicArn = SubscriptionArn.slice(0, SubscriptionArn.lastIndexOf(":"));
    if (topics.get(topicArn)?.subscriptions.delete(SubscriptionArn)) topics.touch(topicArn);
    return undefined;
  },
} satisfies Operation<UnsubscribeInput>;
