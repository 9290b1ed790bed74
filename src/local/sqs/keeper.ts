import type { Keeper, Kept, Saved } from "../data/ledger.ts";
import type { Site } from "../ports.ts";
import {
  keepAttempt,
  keepMessage,
  keepQueue,
  keepSent,
  keepSequence,
  keepState,
  keepTask,
  kinds,
  type SavedAttempt,
  type SavedMessage,
  type SavedQueue,
  type SavedSent,
  type SavedState,
  type SavedTask,
} from "./kept.ts";
import { sqsLimits } from "./limits.ts";
import { Message } from "./message.ts";
import { MoveTask } from "./move/task.ts";
import type { Queue } from "./queue.ts";
import type { Store } from "./store.ts";

/** Queues with all that is in them, as they are kept. */
export const keeperOf = (site: Site, store: Store): Keeper => ({
  *snapshot() {
    yield [kinds.counter, "serial", store.serial];
    yield* store.deletedAt.snapshot();
    for (const queue of store.queues) yield* snapshotOf(queue);
    // Oldest first, as they came to be.
    for (const task of store.moveTasks.toReversed()) yield [kinds.task, task.id, keepTask(task)];
  },
  restore(saved) {
    store.noteSerial(saved.of<number>(kinds.counter).get("serial") ?? 0);
    for (const [name, at] of saved.of<number>(kinds.deleted)) store.deletedAt.set(name, at);
    const queues = new Map<string, Queue>();
    for (const [serial, queue] of saved.of<SavedQueue>(kinds.queue))
      queues.set(serial, restoreQueue(store, saved, serial, queue));
    for (const task of saved.of<SavedTask>(kinds.task).values()) restoreTask(site, store, queues, task);
  },
});

function* snapshotOf(queue: Queue): Iterable<Kept> {
  queue.settle();
  const id = String(queue.origin.serial);
  yield [kinds.queue, id, keepQueue(queue)];
  if (queue.origin.fifo) yield [kinds.sequence, id, keepSequence(queue)];
  for (const message of queue.messages) {
    yield [kinds.message(id), message.id, keepMessage(message)];
    yield [kinds.state(id), message.id, keepState(message)];
  }
  const now = queue.origin.clock.now();
  for (const [key, sent] of queue.deduplication.entries())
    if (now - sent.at < sqsLimits.deduplicationMs) yield [kinds.sent(id), key, keepSent(sent)];
  for (const [key, attempt] of queue.attempts) yield [kinds.attempt(id), key, keepAttempt(attempt)];
}

function restoreQueue(store: Store, saved: Saved, serial: string, of: SavedQueue): Queue {
  const queue = store.takeBack(of.name, Number(serial), of.values);
  for (const [key, value] of of.tags) queue.tags.set(key, value);
  queue.takeBackSettings({
    ...of,
    purgedAt: of.purgedAt ?? Number.NEGATIVE_INFINITY,
    lastSequence: BigInt(saved.of<string>(kinds.sequence).get(serial) ?? 0),
  });
  for (const message of messagesOf(saved, serial, queue.origin.fifo)) queue.takeBack(message);
  for (const [key, [messageId, sequence, at]] of saved.of<SavedSent>(kinds.sent(serial)))
    queue.deduplication.add(key, { messageId, sequence: sequence ?? undefined }, at);
  for (const [key, [at, receipts]] of saved.of<SavedAttempt>(kinds.attempt(serial))) {
    const found = receipts.map(([id, receiveCount]) => [queue.find(id), receiveCount] as const);
    const whole = found.filter((each): each is readonly [Message, number] => each[0] !== undefined);
    if (whole.length === receipts.length) queue.attempts.set(key, { at, receipts: whole });
  }
  return queue;
}

/** In the order in which they were in line: a FIFO queue's never changes, in a standard one what is shown again is last. */
function messagesOf(saved: Saved, serial: string, fifo: boolean): Message[] {
  const states = saved.of<SavedState>(kinds.state(serial));
  const messages: Message[] = [];
  for (const [id, of] of saved.of<SavedMessage>(kinds.message(serial))) {
    const message = new Message({ id, ...of });
    const state = states.get(id);
    if (state !== undefined)
      [
        message.state,
        message.visibleAt,
        message.receiveCount,
        message.firstReceivedAt,
        message.receivedAt,
        message.turn,
      ] = state;
    messages.push(message);
  }
  return fifo
    ? messages.sort((a, b) => (BigInt(a.sequence ?? 0) < BigInt(b.sequence ?? 0) ? -1 : 1))
    : messages.sort((a, b) => a.turn - b.turn);
}

function restoreTask(site: Site, store: Store, queues: ReadonlyMap<string, Queue>, saved: SavedTask): void {
  const source = queues.get(saved.source);
  // Of a queue that is gone nobody can ask.
  if (source === undefined) return;
  const { destinationArn, rate } = saved;
  const findQueue = (arn: string) => store.byArn(arn);
  store.addMoveTask(new MoveTask(site, { source, destinationArn, rate, findQueue }, saved));
}
