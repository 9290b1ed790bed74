import type { UnsubscribeInput } from "@aws-sdk/client-sns";
import type { Operation } from "../operation.ts";

export const unsubscribe = {
  name: "Unsubscribe",
  run({ topics }, { SubscriptionArn = "" }) {
    topics
      .get(SubscriptionArn.slice(0, SubscriptionArn.lastIndexOf(":")))
      ?.subscriptions.delete(SubscriptionArn);
    return undefined;
  },
} satisfies Operation<UnsubscribeInput>;
