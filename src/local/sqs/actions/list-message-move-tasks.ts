import type {
  ListMessageMoveTasksCommandInput,
  ListMessageMoveTasksCommandOutput,
} from "@aws-sdk/client-sqs";
import { demand, invalidValue, notFound } from "../faults.ts";
import { isWithin, sqsLimits } from "../limits.ts";
import { renderTaskHandle } from "../move/handle.ts";
import type { MoveTask } from "../move/task.ts";
import type { Operation } from "../operation.ts";

/** Newest first; one unless more are asked for. */
export const listMessageMoveTasks = {
  name: "ListMessageMoveTasks",
  run({ store }, input) {
    const source = store.byArn(demand(input.SourceArn, "SourceArn"));
    if (source === undefined) throw notFound("SourceArn");
    const max = input.MaxResults ?? 1;
    if (!isWithin(max, { least: 1, most: sqsLimits.moveTasksKept }))
      throw invalidValue(max, "MaxResults", `Must be between 1 and ${sqsLimits.moveTasksKept}, if provided.`);
    const tasks = store.moveTasks.filter(({ order }) => order.source === source);
    return { Results: tasks.slice(0, max).map(render) };
  },
} satisfies Operation<ListMessageMoveTasksCommandInput, ListMessageMoveTasksCommandOutput>;

/** The handle is only of use, and only there, while the task runs. */
const render = (task: MoveTask) => ({
  ...(task.status === "RUNNING" ? { TaskHandle: renderTaskHandle(task) } : {}),
  Status: task.status,
  SourceArn: task.order.source.origin.arn,
  ...(task.order.destinationArn === undefined ? {} : { DestinationArn: task.order.destinationArn }),
  ...(task.order.rate === undefined ? {} : { MaxNumberOfMessagesPerSecond: task.order.rate }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
  StartedTimestamp: task.startedAt,
});
