import type { Keeper, Kept } from "../data/ledger.ts";
import { Shelf } from "../data/shelf.ts";
import type { Site } from "../ports.ts";
import { type Answered, newTopic, type Subscription, type Topic } from "./operation.ts";

const topicKind = "sns.topic";
/** What a topic has seen is kept apart from it: it changes with every message. */
export const recentKind = (topicArn: string): string => `sns.recent/${topicArn}`;

interface SavedTopic {
  readonly contentBased: boolean;
  readonly subscriptions: readonly Subscription[];
}

export const openTopics = ({ ledger }: Site): Shelf<Topic> =>
  new Shelf<Topic>(
    ledger,
    topicKind,
    ({ contentBased, subscriptions }): SavedTopic => ({
      contentBased,
      subscriptions: [...subscriptions.values()],
    }),
  );

/** Topics with their subscriptions, and what they have seen. */
export const keeperOf = (topics: Shelf<Topic>): Keeper => ({
  snapshot: () => snapshot(topics),
  restore(saved) {
    for (const [arn, { contentBased, subscriptions }] of saved.of<SavedTopic>(topicKind)) {
      const topic = newTopic(arn, contentBased);
      for (const subscription of subscriptions) topic.subscriptions.set(subscription.arn, subscription);
      for (const [id, answered] of saved.of<Answered>(recentKind(arn))) topic.recent.set(id, answered);
      topics.set(arn, topic);
    }
  },
});

function* snapshot(topics: Shelf<Topic>): Iterable<Kept> {
  yield* topics.snapshot();
  for (const { arn, recent } of topics.values())
    for (const [id, answered] of recent) yield [recentKind(arn), id, answered];
}
