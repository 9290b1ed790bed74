import type { Keeper } from "../data/ledger.ts";
import { Shelf } from "../data/shelf.ts";
import type { Site } from "../ports.ts";
import { newTopic, type Subscription, type Topic } from "./operation.ts";

const topicKind = "sns.topic";

interface SavedTopic {
  readonly contentBased: boolean;
  readonly subscriptions: readonly Subscription[];
  readonly recent: readonly (readonly [id: string, answered: { at: number; messageId: string }])[];
}

export const openTopics = ({ ledger }: Site): Shelf<Topic> =>
  new Shelf<Topic>(
    ledger,
    topicKind,
    ({ contentBased, subscriptions, recent }): SavedTopic => ({
      contentBased,
      subscriptions: [...subscriptions.values()],
      recent: [...recent],
    }),
  );

/** Topics with their subscriptions, and what they have seen. */
export const keeperOf = (topics: Shelf<Topic>): Keeper => ({
  snapshot: () => topics.snapshot(),
  restore(saved) {
    for (const [arn, { contentBased, subscriptions, recent }] of saved.of<SavedTopic>(topicKind)) {
      const topic = newTopic(arn, contentBased);
      for (const subscription of subscriptions) topic.subscriptions.set(subscription.arn, subscription);
      for (const [id, answered] of recent) topic.recent.set(id, answered);
      topics.set(arn, topic);
    }
  },
});
