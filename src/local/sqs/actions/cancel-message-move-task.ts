import type {
  CancelMessageMoveTaskCommandInput,
  CancelMessageMoveTaskCommandOutput,
} from "@aws-sdk/client-sqs";
import { demand, notFound, sqsFault } from "../faults.ts";
import { parseTaskHandle } from "../move/handle.ts";
import type { Operation } from "../operation.ts";

/** What has been moved stays where it is. A task that has ended counts as gone. */
export const cancelMessageMoveTask = {
  name: "CancelMessageMoveTask",
  run({ store }, input) {
    const { taskId, sourceArn } = parseTaskHandle(demand(input.TaskHandle, "TaskHandle"));
    if (store.byArn(sourceArn) === undefined) throw notFound("SourceArn");
    const task = store.moveTasks.find(({ id }) => id === taskId);
    if (task === undefined || !task.isActive)
      throw sqsFault("ResourceNotFoundException", "Task does not exist.");
    task.cancel();
    return { ApproximateNumberOfMessagesMoved: task.moved };
  },
} satisfies Operation<CancelMessageMoveTaskCommandInput, CancelMessageMoveTaskCommandOutput>;
