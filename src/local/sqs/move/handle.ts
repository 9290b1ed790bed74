import { invalid } from "../faults.ts";
import type { MoveTask } from "./task.ts";

interface TaskHandle {
  readonly taskId: string;
  readonly sourceArn: string;
}

export const renderTaskHandle = (task: MoveTask): string =>
  Buffer.from(
    JSON.stringify({ taskId: task.id, sourceArn: task.order.source.origin.arn } satisfies TaskHandle),
  ).toString("base64");

export function parseTaskHandle(text: string): TaskHandle {
  try {
    const { taskId, sourceArn } = JSON.parse(Buffer.from(text, "base64").toString());
    if (typeof taskId === "string" && typeof sourceArn === "string") return { taskId, sourceArn };
  } catch {
    // Answered below.
  }
  throw invalid("Value for parameter TaskHandle is invalid.");
}
