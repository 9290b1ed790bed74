import {
  CancelMessageMoveTaskCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { pages } from "./answers.ts";
import { answered } from "./patience.ts";

/** SQS's own task that moves the messages of a dead-letter queue. */
export interface MoveTask {
  /** Only while the task runs. */
  readonly handle: string | undefined;
  readonly status: "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED" | (string & {});
  readonly moved: number;
  /** As counted when the task began. */
  readonly toMove: number | undefined;
  readonly failure: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Starts a task; without a destination each message goes back to the queue that gave up on it. Returns its handle. */
export async function startMoveTask(
  sqs: SQSClient,
  sourceArn: string,
  {
    destinationArn,
    rate,
  }: { readonly destinationArn?: string | undefined; readonly rate?: number | undefined },
): Promise<string> {
  const command = new StartMessageMoveTaskCommand({
    SourceArn: sourceArn,
    ...(destinationArn !== undefined && { DestinationArn: destinationArn }),
    ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: rate }),
  });
  const answer = await answered((how) => sqs.send(command, how));
  return answer.TaskHandle ?? "";
}

/** The newest task of a queue, running or ended; undefined when there has been none. */
export async function newestMoveTask(sqs: SQSClient, sourceArn: string): Promise<MoveTask | undefined> {
  const command = new ListMessageMoveTasksCommand({ SourceArn: sourceArn, MaxResults: 1 });
  const { Results = [] } = await answered((how) => sqs.send(command, how));
  const [task] = Results;
  if (task === undefined) return undefined;
  return {
    handle: task.TaskHandle,
    status: task.Status ?? "RUNNING",
    moved: Number(task.ApproximateNumberOfMessagesMoved ?? 0),
    toMove: task.ApproximateNumberOfMessagesToMove && Number(task.ApproximateNumberOfMessagesToMove),
    failure: task.FailureReason,
    startedAt: Number(task.StartedTimestamp ?? 0),
  };
}

/** Asks a task to end; what it has moved stays where it is. */
export async function cancelMoveTask(sqs: SQSClient, handle: string): Promise<void> {
  await answered((how) => sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle }), how));
}

/** URLs of the queues whose redrive policy names this one. */
export async function listSourceQueues(sqs: SQSClient, url: string): Promise<string[]> {
  const urls: string[] = [];
  for await (const page of pages((token) =>
    answered((how) =>
      sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url, MaxResults: 1000, ...token }), how),
    ),
  ))
    urls.push(...(page.queueUrls ?? []));
  return urls;
}
