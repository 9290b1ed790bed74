import type { ChangeMessageVisibilityCommandInput } from "@aws-sdk/client-sqs";
import { type Operation, queueAt } from "../operation.ts";
import { changeVisibility } from "../visibility.ts";

export const changeMessageVisibility = {
  name: "ChangeMessageVisibility",
  run(context, input) {
    changeVisibility(queueAt(context, input.QueueUrl), input);
    return undefined;
  },
} satisfies Operation<ChangeMessageVisibilityCommandInput>;
