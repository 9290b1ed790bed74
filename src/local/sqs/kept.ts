import type { Ledger } from "../data/ledger.ts";
import type { Attempt } from "./attempts.ts";
import type { SentAt } from "./dedup.ts";
import type { Content, Message, MessageState } from "./message.ts";
import type { MoveStatus, MoveTask } from "./move/task.ts";
import type { Queue } from "./queue.ts";

/**
 * What is kept of queues and messages. Things of a queue go by its serial number, which unlike its name is never used
 * again; a message's state is kept apart from its content, because it changes with every receive.
 */
export const kinds = {
  counter: "sqs.counter",
  queue: "sqs.queue",
  sequence: "sqs.sequence",
  deleted: "sqs.deleted",
  task: "sqs.task",
  message: (serial: string) => `sqs.message/${serial}`,
  state: (serial: string) => `sqs.state/${serial}`,
  sent: (serial: string) => `sqs.sent/${serial}`,
  attempt: (serial: string) => `sqs.attempt/${serial}`,
} as const;

export interface SavedQueue {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly tags: readonly (readonly [string, string])[];
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt?: number;
}

export const keepQueue = (queue: Queue): SavedQueue => ({
  name: queue.origin.name,
  values: Object.fromEntries(queue.values),
  tags: [...queue.tags],
  createdAt: queue.createdAt,
  modifiedAt: queue.modifiedAt,
  ...(Number.isFinite(queue.purgedAt) && { purgedAt: queue.purgedAt }),
});

export const keepSequence = ({ lastSequence }: Queue): string => lastSequence.toString();

export interface SavedMessage {
  readonly content: Content;
  readonly sentAt: number;
  readonly enqueuedAt: number;
  readonly sequence?: string | undefined;
  readonly deadLetterSource?: string | undefined;
}

export const keepMessage = (message: Message): SavedMessage => ({
  content: message.content,
  sentAt: message.sentAt,
  enqueuedAt: message.enqueuedAt,
  sequence: message.sequence,
  deadLetterSource: message.deadLetterSource,
});

export type SavedState = readonly [
  state: MessageState,
  visibleAt: number,
  receiveCount: number,
  firstReceivedAt: number,
  receivedAt: number,
  turn: number,
];

export const keepState = (message: Message): SavedState => [
  message.state,
  message.visibleAt,
  message.receiveCount,
  message.firstReceivedAt,
  message.receivedAt,
  message.turn,
];

export type SavedSent = readonly [messageId: string, sequence: string | null, at: number];

export const keepSent = ({ messageId, sequence, at }: SentAt): SavedSent => [messageId, sequence ?? null, at];

export type SavedAttempt = readonly [
  at: number,
  receipts: readonly (readonly [messageId: string, receiveCount: number])[],
];

export const keepAttempt = ({ at, receipts }: Attempt): SavedAttempt => [
  at,
  receipts.map(([message, receiveCount]) => [message.id, receiveCount]),
];

export interface SavedTask {
  readonly id: string;
  /** Serial of the queue. */
  readonly source: string;
  readonly destinationArn?: string | undefined;
  readonly rate?: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  readonly moved: number;
  readonly nextAt: number;
  readonly status: MoveStatus;
  readonly failure?: string | undefined;
}

export const keepTask = ({
  id,
  order,
  startedAt,
  toMove,
  moved,
  nextAt,
  status,
  failure,
}: MoveTask): SavedTask => ({
  id,
  source: String(order.source.origin.serial),
  destinationArn: order.destinationArn,
  rate: order.rate,
  startedAt,
  toMove,
  moved,
  nextAt,
  status,
  failure,
});

/** Its messages have been dropped already. */
export function dropQueue(ledger: Ledger, serial: string): void {
  ledger.drop(kinds.queue, serial);
  ledger.drop(kinds.sequence, serial);
  ledger.dropAll(kinds.sent(serial));
  ledger.dropAll(kinds.attempt(serial));
}
