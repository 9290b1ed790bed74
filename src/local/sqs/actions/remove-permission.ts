import type { RemovePermissionCommandInput } from "@aws-sdk/client-sqs";
import { demand, invalidValue } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";
import { readStatements, writeStatements } from "../permissions.ts";

export const removePermission = {
  name: "RemovePermission",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const label = demand(input.Label, "Label");
    const statements = readStatements(queue);
    const rest = statements.filter(({ Sid }) => Sid !== label);
    if (rest.length === statements.length) throw invalidValue(label, "Label", "can't find label.");
    writeStatements(queue, rest);
    return undefined;
  },
} satisfies Operation<RemovePermissionCommandInput>;
