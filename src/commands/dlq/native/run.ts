import type { SQSClient } from "@aws-sdk/client-sqs";
import { cancelMoveTask, type MoveTask, newestMoveTask, startMoveTask } from "../../../aws/move-tasks.ts";
import type { Clock } from "../../../core/clock.ts";
import { renderDuration } from "../../../core/duration.ts";
import { EvbError } from "../../../core/errors.ts";
import { Exit, type ExitCode } from "../../../core/exit.ts";
import type { Signals } from "../../../shell/world.ts";
import { awsFault } from "../../aws-fault.ts";
import type { Stage } from "../../stage.ts";
import { confirmed } from "../answer.ts";
import { openSource } from "../open.ts";
import { describePlace, type OpenQueue, openQueue } from "../queue.ts";
import type { RedriveOptions } from "../redrive/command.ts";
import type { RedriveHappening } from "../redrive/happening.ts";
import { demandPlain, isFedByPolicy, refusedBySqs } from "./demand.ts";
import { countSent, warningOfSent } from "./sent.ts";

const pollMs = 1000;

/** Lets SQS move the messages itself: starts its task, watches it, and cancels it at Ctrl-C. */
export async function* moveNatively(
  options: RedriveOptions,
  stage: Stage,
  signals: Signals,
  agreed = false,
): AsyncGenerator<RedriveHappening, ExitCode> {
  demandPlain(options);
  const { connection, queue, sqs } = await openSource(stage, options.queue);
  const destinationArn =
    options.to.kind === "queue" ? (await openQueue(connection, options.to.queue, "--to")).arn : undefined;
  if ((await isFedByPolicy(connection, queue)) === false) throw refusedBySqs(queue);
  const sent = await countSent(stage, queue);
  if (sent > 0) yield { kind: "warning", text: warningOfSent(sent) };
  demandIdle(queue, await newestMoveTask(sqs, queue.arn), stage.world.clock.now());
  if (options.dryRun) {
    yield { kind: "native", queue, state: "planned", moved: 0, toMove: queue.depth };
    return Exit.done;
  }
  const answer = agreed || (await confirmed(stage, questionOf(queue, options)));
  if (answer !== true) {
    yield { kind: "cancelled" };
    return answer === undefined ? Exit.interrupted : Exit.done;
  }
  const handle = await start(sqs, queue, { destinationArn, rate: options.rate });
  yield { kind: "native", queue, state: "started", moved: 0, toMove: queue.depth };
  try {
    return yield* watch(sqs, queue, handle, stage.world.clock, signals);
  } catch (error) {
    // It could not be watched any longer, which does not stop it.
    yield { kind: "native", queue, state: "left", moved: 0, toMove: undefined };
    throw error;
  }
}

const questionOf = ({ depth, ...queue }: OpenQueue, { to }: RedriveOptions): string =>
  `let SQS move all messages (about ${depth}) of ${describePlace({ depth, ...queue })}, to ${to.kind === "queue" ? `queue ${to.queue}` : "the queues they came from"}?`;

function demandIdle(queue: OpenQueue, task: MoveTask | undefined, now: number): void {
  if (task?.handle === undefined) return;
  throw new EvbError(
    "AWS_REFUSED",
    `a move task of queue ${queue.name} is running already: ${task.moved} of about ${task.toMove ?? "?"} messages moved, started ${renderDuration(now - task.startedAt)} ago`,
    ["wait for it to end", `or end it: aws sqs cancel-message-move-task --task-handle ${task.handle}`],
  );
}

/** SQS has the last word on what it moves; its words are given a remedy. */
async function start(
  sqs: SQSClient,
  queue: OpenQueue,
  how: Parameters<typeof startMoveTask>[2],
): Promise<string> {
  try {
    return await startMoveTask(sqs, queue.arn, how);
  } catch (error) {
    if (/must be configured as a Dead Letter Queue/i.test((error as Error).message))
      throw refusedBySqs(queue);
    throw error;
  }
}

async function* watch(
  sqs: SQSClient,
  queue: OpenQueue,
  handle: string,
  clock: Clock,
  { stop, stopNow }: Signals,
): AsyncGenerator<RedriveHappening, ExitCode> {
  let cancelled = false;
  for (;;) {
    if (stopNow.aborted) {
      yield { kind: "native", queue, state: "left", moved: 0, toMove: undefined };
      return stopNow.reason.exit;
    }
    if (stop.aborted && !cancelled) {
      cancelled = true;
      await cancel(sqs, handle);
    }
    const task = await newestMoveTask(sqs, queue.arn);
    const { moved = 0, toMove, status = "COMPLETED", failure } = task ?? {};
    if (status !== "RUNNING" && status !== "CANCELLING") {
      const state = status === "COMPLETED" ? "completed" : status === "CANCELLED" ? "cancelled" : "failed";
      yield {
        kind: "native",
        queue,
        state,
        moved,
        toMove,
        why: failure ?? (state === "failed" ? status : undefined),
      };
      if (stop.aborted) return stop.reason.exit;
      return state === "completed" ? Exit.done : Exit.partly;
    }
    yield { kind: "native", queue, state: cancelled ? "cancelling" : "moving", moved, toMove };
    await clock.sleep(pollMs, cancelled ? stopNow : stop);
  }
}

/** A task that has just ended cannot be cancelled, which is as good. */
async function cancel(sqs: SQSClient, handle: string): Promise<void> {
  try {
    await cancelMoveTask(sqs, handle);
  } catch (error) {
    if (awsFault(error)?.code !== "AWS_REFUSED") throw error;
  }
}
