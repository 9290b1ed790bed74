import type { Action, Queues, Service, Site } from "../ports.ts";
import { addPermission } from "./actions/add-permission.ts";
import { cancelMessageMoveTask } from "./actions/cancel-message-move-task.ts";
import { changeMessageVisibility } from "./actions/change-message-visibility.ts";
import { changeMessageVisibilityBatch } from "./actions/change-message-visibility-batch.ts";
import { createQueue } from "./actions/create-queue.ts";
import { deleteMessage } from "./actions/delete-message.ts";
import { deleteMessageBatch } from "./actions/delete-message-batch.ts";
import { deleteQueue } from "./actions/delete-queue.ts";
import { getQueueAttributes } from "./actions/get-queue-attributes.ts";
import { getQueueUrl } from "./actions/get-queue-url.ts";
import { listDeadLetterSourceQueues } from "./actions/list-dead-letter-source-queues.ts";
import { listMessageMoveTasks } from "./actions/list-message-move-tasks.ts";
import { listQueueTags } from "./actions/list-queue-tags.ts";
import { listQueues } from "./actions/list-queues.ts";
import { purgeQueue } from "./actions/purge-queue.ts";
import { receiveMessage } from "./actions/receive-message.ts";
import { removePermission } from "./actions/remove-permission.ts";
import { sendMessage } from "./actions/send-message.ts";
import { sendMessageBatch } from "./actions/send-message-batch.ts";
import { setQueueAttributes } from "./actions/set-queue-attributes.ts";
import { startMessageMoveTask } from "./actions/start-message-move-task.ts";
import { tagQueue } from "./actions/tag-queue.ts";
import { untagQueue } from "./actions/untag-queue.ts";
import { deliver } from "./deliver.ts";
import { errorPrefix } from "./faults.ts";
import { inputs } from "./inputs.ts";
import { keeperOf } from "./keeper.ts";
import type { Operation } from "./operation.ts";
import { query } from "./query.ts";
import { Store } from "./store.ts";

const operations = [
  addPermission,
  cancelMessageMoveTask,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  createQueue,
  deleteMessage,
  deleteMessageBatch,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listMessageMoveTasks,
  listQueues,
  listQueueTags,
  purgeQueue,
  receiveMessage,
  removePermission,
  sendMessage,
  sendMessageBatch,
  setQueueAttributes,
  startMessageMoveTask,
  tagQueue,
  untagQueue,
] as const satisfies readonly Operation[];

export interface SqsOptions {
  /** Deliver to queues whose policy does not let the sender in. */
  readonly lenient: boolean;
}

/** Amazon SQS: for clients over HTTP, and for EventBridge by the port. */
export function openSqsService(site: Site, { lenient }: SqsOptions): Service & Queues {
  const context = { site, store: new Store(site) };
  const actions = operations.map((operation: Operation): [string, Action] => [
    operation.name,
    (input, call) => operation.run(context, input, call),
  ]);
  return {
    target: "AmazonSQS",
    contentType: "application/x-amz-json-1.0",
    errorPrefix,
    actions: new Map(actions),
    inputs,
    query,
    keeper: keeperOf(site, context.store),
    reset: () => context.store.clear(),
    deliver: (delivery) => deliver(context, lenient, delivery),
    kindOf(queueArn) {
      const queue = context.store.byArn(queueArn);
      return queue === undefined ? undefined : queue.origin.fifo ? "fifo" : "standard";
    },
  };
}
