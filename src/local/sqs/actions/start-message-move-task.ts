import type {
  StartMessageMoveTaskCommandInput,
  StartMessageMoveTaskCommandOutput,
} from "@aws-sdk/client-sqs";
import { demand, invalid, invalidValue, notFound, sqsFault } from "../faults.ts";
import { isWithin, sqsLimits } from "../limits.ts";
import { renderTaskHandle } from "../move/handle.ts";
import { MoveTask } from "../move/task.ts";
import type { Operation } from "../operation.ts";
import type { Queue } from "../queue.ts";
import type { Store } from "../store.ts";

/** Only from a queue that some queue's redrive policy names: not from one that only EventBridge writes to. */
export const startMessageMoveTask = {
  name: "StartMessageMoveTask",
  run({ site, store }, input) {
    const source = store.byArn(demand(input.SourceArn, "SourceArn"));
    if (source === undefined) throw notFound("SourceArn");
    if (![...store.queues].some(({ settings }) => settings.redrive?.targetArn === source.origin.arn))
      throw invalid("Source queue must be configured as a Dead Letter Queue.");
    checkDestination(store, source, input.DestinationArn);
    const rate = input.MaxNumberOfMessagesPerSecond;
    if (rate !== undefined && !isWithin(rate, sqsLimits.moveRate))
      throw invalidValue(
        rate,
        "MaxNumberOfMessagesPerSecond",
        `Must be between ${sqsLimits.moveRate.least} and ${sqsLimits.moveRate.most}, if provided.`,
      );
    checkRunning(store, source);
    const task = new MoveTask(site, {
      source,
      destinationArn: input.DestinationArn,
      rate,
      findQueue: (arn) => store.byArn(arn),
    });
    store.addMoveTask(task);
    return { TaskHandle: renderTaskHandle(task) };
  },
} satisfies Operation<StartMessageMoveTaskCommandInput, StartMessageMoveTaskCommandOutput>;

/** The last two texts are ours. */
function checkDestination(store: Store, source: Queue, arn: string | undefined): void {
  if (arn === undefined) return;
  const destination = store.byArn(arn);
  if (destination === undefined) throw notFound("DestinationArn");
  if (destination === source) throw invalid("Source queue and destination queue cannot be the same.");
  if (destination.origin.fifo !== source.origin.fifo)
    throw invalid("Source queue and destination queue must be of the same type.");
}

function checkRunning(store: Store, source: Queue): void {
  const active = store.moveTasks.filter(({ isActive }) => isActive);
  if (active.some(({ order }) => order.source === source))
    throw invalid(
      "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
    );
  // Our wording.
  if (active.length >= sqsLimits.moveTasks)
    throw sqsFault("OverLimit", `There are ${active.length} active message move tasks already.`);
}
