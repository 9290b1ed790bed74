import { parseArn } from "../arn.ts";
import type { DeadLetter } from "./letter.ts";
import { nameOfArn } from "./names.ts";
import { explainCode, type Reason } from "./reasons.ts";

/** Words for why a dead letter failed, and what mends it: with the names of its own rule and target where that helps. */
export function explainLetter(letter: DeadLetter): Reason | undefined {
  const reason = explainCode(letter.errorCode);
  if (reason === undefined || letter.targetArn === undefined || letter.ruleArn === undefined) return reason;
  if (!/^(NO_PERMISSIONS|NO_RESOURCE)$/.test(letter.errorCode ?? "")) return reason;
  const missing = missingPermission(letter.targetArn, letter.ruleArn);
  if (missing === undefined) return reason;
  if (letter.errorCode === "NO_PERMISSIONS") return { ...reason, remedy: missing };
  return { ...reason, remedy: `${reason.remedy}; ${missing}` };
}

/** Which policy is missing on what. */
function missingPermission(targetArn: string, ruleArn: string): string | undefined {
  const name = nameOfArn(targetArn);
  const resourcePolicy = (what: string, action: string) =>
    `the policy of ${what} ${name} must let events.amazonaws.com do ${action} where aws:SourceArn is ${ruleArn}`;
  const role = (action: string) =>
    `the role that rule ${nameOfArn(ruleArn)} names for this target must be allowed ${action} on ${targetArn}, and events.amazonaws.com must be allowed to assume it`;
  switch (parseArn(targetArn)?.service) {
    case "sqs":
      return `${resourcePolicy("queue", "sqs:SendMessage")}; a queue with a customer key also needs kms:Decrypt and kms:GenerateDataKey for it in the key's policy`;
    case "sns":
      return resourcePolicy("topic", "sns:Publish");
    case "lambda":
      return `${resourcePolicy("function", "lambda:InvokeFunction")}: aws lambda add-permission --function-name ${name} --statement-id evb --action lambda:InvokeFunction --principal events.amazonaws.com --source-arn ${ruleArn}`;
    case "logs":
      return `the CloudWatch Logs resource policy must let events.amazonaws.com and delivery.logs.amazonaws.com do logs:CreateLogStream and logs:PutLogEvents on ${targetArn}`;
    case "states":
      return role("states:StartExecution");
    case "kinesis":
      return role("kinesis:PutRecord");
    case "firehose":
      return role("firehose:PutRecord");
    case "ecs":
      return role("ecs:RunTask, and iam:PassRole for the task's roles,");
    case "batch":
      return role("batch:SubmitJob");
    case "events":
      return targetArn.includes(":api-destination/")
        ? role("events:InvokeApiDestination")
        : `${role("events:PutEvents")}; a bus of another account must also allow it in its own policy`;
    default:
      return undefined;
  }
}
