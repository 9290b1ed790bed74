import type { AddPermissionCommandInput } from "@aws-sdk/client-sqs";
import { demand, invalid, invalidValue, sqsFault } from "../faults.ts";
import { sqsLimits } from "../limits.ts";
import { type Operation, queueAt } from "../operation.ts";
import { readStatements, writeStatements } from "../permissions.ts";

/** Adds a statement, whose `Sid` is the label, to the queue's policy. */
export const addPermission = {
  name: "AddPermission",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const label = demand(input.Label, "Label");
    const accounts = demand(input.AWSAccountIds, "AWSAccountIds");
    const actions = demand(input.Actions, "Actions");
    if (!/^[\w-]{1,80}$/.test(label))
      throw invalidValue(
        label,
        "Label",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      );
    checkActions(actions);
    checkAccounts(accounts);
    const statements = readStatements(queue);
    if (statements.some(({ Sid }) => Sid === label)) throw invalidValue(label, "Label", "Already exists.");
    if (statements.length >= sqsLimits.policyStatements)
      throw sqsFault(
        "OverLimit",
        `${statements.length + 1} statements were found in the submitted policy, max allowed is ${sqsLimits.policyStatements}`,
      );
    const { partition } = context.site;
    statements.push({
      Sid: label,
      Effect: "Allow",
      Principal: { AWS: oneOrMore(accounts.map((account) => `arn:${partition}:iam::${account}:root`)) },
      Action: oneOrMore(actions.map((action) => `SQS:${action}`)),
      Resource: queue.origin.arn,
    });
    writeStatements(queue, statements);
    return undefined;
  },
} satisfies Operation<AddPermissionCommandInput>;

/** Actions that only the owner may do cannot be given away. API reference, AddPermission. */
const givable = [
  "*",
  "SendMessage",
  "ReceiveMessage",
  "DeleteMessage",
  "ChangeMessageVisibility",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
];

function checkActions(actions: readonly string[]): void {
  for (const action of actions)
    if (!givable.includes(action))
      throw invalidValue(
        `SQS:${action}`,
        "ActionName",
        "Only the queue owner is allowed to invoke this action.",
      );
  if (actions.length > sqsLimits.permissionActions)
    throw sqsFault(
      "OverLimit",
      `${actions.length} Actions were found, maximum allowed is ${sqsLimits.permissionActions}.`,
    );
}

/** AWS asks whether the account exists; here any that could is taken. */
function checkAccounts(accounts: readonly string[]): void {
  const unsound = accounts.filter((account) => !/^\d{12}$/.test(account));
  if (unsound.length > 0)
    throw invalid(
      `Value [${unsound.join(", ")}] for parameter PrincipalId is invalid. Reason: Unable to verify.`,
    );
}

const oneOrMore = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;
