import { createHash } from "node:crypto";
import { uuidFrom } from "../ids.ts";
import type { Site } from "../ports.ts";
import type { Sent } from "./dedup.ts";
import { keepSent, kinds } from "./kept.ts";
import { type Content, Message } from "./message.ts";
import type { Queue } from "./queue.ts";

/**
 * Puts content that has been checked into a queue, after `delaySeconds` or the queue's own delay. A FIFO queue that
 * has seen it within five minutes answers as the first time and takes nothing in.
 */
export function send(site: Site, queue: Queue, content: Content, delaySeconds?: number | undefined): Sent {
  const now = site.clock.now();
  const whole = queue.origin.fifo ? withDeduplicationId(content) : content;
  const key = deduplicationKey(queue, whole);
  const before = key === undefined ? undefined : queue.deduplication.find(key, now);
  if (before !== undefined) return before;
  const message = new Message({
    id: uuidFrom(site.random),
    content: whole,
    sentAt: now,
    enqueuedAt: now,
    sequence: queue.nextSequence(),
  });
  const sent = { messageId: message.id, sequence: message.sequence };
  if (key !== undefined) {
    queue.deduplication.add(key, sent, now);
    site.ledger?.put(kinds.sent(String(queue.origin.serial)), key, () => keepSent({ ...sent, at: now }));
  }
  // A FIFO queue has one delay for all: a message's own is refused, or 0 and without effect.
  const delayMs =
    delaySeconds === undefined || queue.origin.fifo ? queue.settings.delayMs : delaySeconds * 1000;
  queue.add(message, delayMs);
  return sent;
}

/** Content-based: the digest of the body, and of nothing else. */
const withDeduplicationId = (content: Content): Content =>
  content.deduplicationId !== undefined
    ? content
    : { ...content, deduplicationId: createHash("sha256").update(content.body).digest("hex") };

function deduplicationKey({ origin, settings }: Queue, content: Content): string | undefined {
  if (!origin.fifo) return undefined;
  // Ids hold no blanks.
  return settings.deduplicateByGroup
    ? `${content.groupId} ${content.deduplicationId}`
    : content.deduplicationId;
}
