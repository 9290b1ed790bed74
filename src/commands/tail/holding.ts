import type { SQSClient } from "@aws-sdk/client-sqs";
import { changeVisibility } from "../../aws/queues.ts";
import type { Clock } from "../../core/clock.ts";
import { visibilitySeconds } from "../../core/tail/setup.ts";

/** Long before its time is over; a call that fails is made good by the next. */
const everyMs = (visibilitySeconds * 1000) / 3;

/** Keeps a message invisible while its event is in hand; `handle` gives its newest receipt. The result ends it. */
export function holdMessage(
  sqs: SQSClient,
  url: string,
  clock: Clock,
  handle: () => string | undefined,
): () => void {
  let isOver = false;
  let cancel = () => {};
  const extend = () => {
    const newest = handle();
    if (newest !== undefined)
      void changeVisibility(sqs, url, [{ handle: newest, seconds: visibilitySeconds }]).then(next, next);
  };
  const next = () => {
    if (!isOver) cancel = clock.after(everyMs, extend);
  };
  next();
  return () => {
    isOver = true;
    cancel();
  };
}
