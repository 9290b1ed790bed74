import { badAttribute, invalidValue } from "../faults.ts";
import { sqsLimits } from "../limits.ts";

interface RedriveAllowPolicy {
  readonly redrivePermission: "allowAll" | "denyAll" | "byQueue";
  readonly sourceQueueArns?: readonly string[];
}

/** Throws what SQS answers when the attribute `RedriveAllowPolicy` cannot be set to this. */
export function checkRedriveAllowPolicy(text: string): void {
  const policy = parse(text);
  if (policy === undefined)
    throw badAttribute(
      "RedriveAllowPolicy",
      "Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.",
    );
  const refuse = (reason: string) =>
    invalidValue(text, "RedriveAllowPolicy", `Amazon SQS can't create the redrive allow policy. ${reason}`);
  const { redrivePermission, sourceQueueArns } = policy;
  if (redrivePermission !== "byQueue" && sourceQueueArns !== undefined)
    throw refuse("To specify one or more source queue ARNs, you must set redrivePermission to byQueue.");
  if (redrivePermission === "byQueue" && (sourceQueueArns ?? []).length === 0)
    throw refuse(
      "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.",
    );
  if ((sourceQueueArns ?? []).length > sqsLimits.redriveSources)
    throw refuse(`The maximum number of source queue ARNs you can specify is ${sqsLimits.redriveSources}.`);
}

/** Whether the queue that has this `RedriveAllowPolicy` takes dead letters of `sourceArn`. Without one it takes all. */
export function allowsRedriveFrom(text: string | undefined, sourceArn: string): boolean {
  const policy = text === undefined ? undefined : parse(text);
  if (policy === undefined || policy.redrivePermission === "allowAll") return true;
  return policy.redrivePermission === "byQueue" && (policy.sourceQueueArns ?? []).includes(sourceArn);
}

function parse(text: string): RedriveAllowPolicy | undefined {
  let value: Partial<RedriveAllowPolicy>;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { redrivePermission, sourceQueueArns, ...rest } = value;
  const isSound =
    ["allowAll", "denyAll", "byQueue"].includes(redrivePermission ?? "") &&
    (sourceQueueArns === undefined ||
      (Array.isArray(sourceQueueArns) && sourceQueueArns.every((arn) => typeof arn === "string"))) &&
    Object.keys(rest).length === 0;
  return isSound ? (value as RedriveAllowPolicy) : undefined;
}
