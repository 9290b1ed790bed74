import type { SQSClient } from "@aws-sdk/client-sqs";
import { isExpired } from "../../aws/credentials.ts";
import { isMissingQueue, type ReceivedMessage, receiveMessages } from "../../aws/queues.ts";
import { isUnanswered } from "../../aws/results.ts";
import { fullJitter } from "../../core/backoff.ts";
import type { Clock, Random } from "../../core/clock.ts";
import { renderDuration } from "../../core/duration.ts";
import { EvbError } from "../../core/errors.ts";
import { retentionSeconds } from "../../core/tail/setup.ts";
import { lease } from "../../core/tail/tags.ts";

export interface ReceivePlan {
  readonly sqs: SQSClient;
  readonly sources: readonly Source[];
  readonly clock: Clock;
  readonly random: Random;
  readonly stopping: AbortSignal;
  /** Looks the credentials up anew. */
  readonly renew: () => Promise<void>;
  /** So many failures in a row are borne. */
  readonly patience: number;
  /** Until then the queue may be too new to be known everywhere; milliseconds since the epoch. */
  readonly newUntil: number;
  /** A failure that may pass; it is tried again after `waitMs`. Told once until it has passed. */
  readonly onTrouble: (error: unknown, waitMs: number) => Promise<void>;
  readonly onRecovery: () => Promise<void>;
  /** One of the receivers has come to its end, so that the others stop too. */
  readonly onEnd: () => void;
}

/** A queue, and who takes what comes out of it. */
interface Source {
  readonly url: string;
  readonly onMessages: (messages: readonly ReceivedMessage[]) => Promise<void>;
}

/** Beside the one long poll of a queue so many more polls may be under way, while answers are full. */
const helpers = 3;
/** An answer holds no more (SQS, ReceiveMessage), so a full one says that there may be more. */
const fullAnswer = 10;
/** The longest that SQS allows. */
const longestWait = 20;
const backoff = { baseMs: 2000, capMs: 15_000 };

/** Polls until told to stop. Rejects with what will not pass, when every receiver has come to rest. */
export async function receiveAll(plan: ReceivePlan): Promise<void> {
  const line: Line = { downSince: undefined };
  const results = await Promise.allSettled(
    plan.sources.map((source) => receiveFrom(plan, source, line).finally(plan.onEnd)),
  );
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/**
 * A quiet queue has one long poll: with several, each would fetch one event of a handful. A busy one gets help, as more
 * answers are under way than one at a time.
 */
async function receiveFrom(plan: ReceivePlan, source: Source, line: Line): Promise<void> {
  const helping = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const callHelp = () => {
    if (helping.size >= helpers || failures.length > 0) return;
    const helper = receiveMore(plan, source, callHelp)
      .catch((error) => {
        failures.push(error);
        plan.onEnd();
      })
      .finally(() => helping.delete(helper));
    helping.add(helper);
  };
  try {
    await receiveLoop(plan, source, line, callHelp);
  } finally {
    await Promise.all(helping);
  }
  if (failures.length > 0) throw failures[0];
}

/** Fetches what is there for as long as answers are full. A failure is left to the long poll, which meets it too. */
async function receiveMore(plan: ReceivePlan, source: Source, onFull: () => void): Promise<void> {
  while (!plan.stopping.aborted) {
    const answer = await poll(plan, source.url, 0);
    if (answer instanceof Failure) return;
    if (answer.length === fullAnswer) onFull();
    if (answer.length > 0) await source.onMessages(answer);
    if (answer.length < fullAnswer) return;
  }
}

/** What all receivers have in common. */
interface Line {
  /** When the first failure was told; `undefined` while all is well. */
  downSince: number | undefined;
}

async function receiveLoop(plan: ReceivePlan, source: Source, line: Line, onFull: () => void): Promise<void> {
  let failures = 0;
  while (!plan.stopping.aborted) {
    const answer = await poll(plan, source.url, longestWait);
    if (answer instanceof Failure) {
      if (plan.stopping.aborted) return;
      if (isMissingQueue(answer.error)) {
        await waitForQueue(plan, answer.error);
        continue;
      }
      failures++;
      if (!isBorne(plan, line, answer.error, failures)) throw answer.error;
      const waitMs = fullJitter(backoff, failures, plan.random);
      const isNew = line.downSince === undefined;
      line.downSince ??= plan.clock.now();
      if (isExpired(answer.error)) await plan.renew();
      if (isNew) await plan.onTrouble(answer.error, waitMs);
      await plan.clock.sleep(waitMs, plan.stopping);
      continue;
    }
    // An aborted poll answers with nothing, which is no sign of life.
    if (answer.length === 0 && plan.stopping.aborted) return;
    failures = 0;
    const isBack = line.downSince !== undefined;
    line.downSince = undefined;
    if (isBack) await plan.onRecovery();
    if (answer.length === fullAnswer) onFull();
    if (answer.length > 0) await source.onMessages(answer);
  }
}

/** SQS asks for a second between making a queue and using it. */
async function waitForQueue({ clock, newUntil, stopping }: ReceivePlan, error: unknown): Promise<void> {
  if (clock.now() >= newUntil)
    throw new EvbError(
      "NOT_FOUND",
      "the queue of this tail was deleted by somebody else",
      [
        "start the tail again",
        `evb gc takes a tail that has not renewed its expiry for ${renderDuration(lease.ms)}, as while a laptop sleeps`,
      ],
      error,
    );
  await clock.sleep(500, stopping);
}

class Failure {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

async function poll(
  { sqs, stopping }: ReceivePlan,
  url: string,
  waitSeconds: number,
): Promise<ReceivedMessage[] | Failure> {
  try {
    return await receiveMessages(sqs, url, { waitSeconds, signal: stopping });
  } catch (error) {
    return new Failure(error);
  }
}

/** Credentials that expired while the machine slept are waited for as long as the queue keeps events. */
const isBorne = ({ clock, patience }: ReceivePlan, { downSince }: Line, error: unknown, failures: number) =>
  isExpired(error)
    ? downSince === undefined || clock.now() - downSince < retentionSeconds * 1000
    : isPassing(error) && failures <= patience;

const passing = /Throttl|TooManyRequests|OverLimit|RequestExpired|RequestTimeTooSkewed/;

/** A lost network, an overloaded service, a clock that was wrong. */
export const isPassing = (error: unknown): boolean =>
  isUnanswered(error) || passing.test((error as Error).name);

/** Within one answer SQS keeps no order. */
export const bySentTime = (messages: readonly ReceivedMessage[]): ReceivedMessage[] =>
  [...messages].sort((a, b) => Number(a.system.SentTimestamp ?? 0) - Number(b.system.SentTimestamp ?? 0));
