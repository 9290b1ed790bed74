import { attributeNumber, attributeText } from "../message.ts";
import type { ReadKind } from "./kind.ts";

/** EventBridge Scheduler. The body is the request that it meant to make of the target's API. */
export const readScheduler: ReadKind = (message) => {
  const origin = attributeText(message, "SCHEDULE_ARN");
  if (origin === undefined) return undefined;
  return {
    kind: "scheduler",
    payload: message.body,
    origin,
    targetArn: attributeText(message, "TARGET_ARN"),
    errorCode: attributeText(message, "ERROR_CODE"),
    errorMessage: attributeText(message, "ERROR_MESSAGE"),
    attempts: attributeNumber(message, "RETRY_ATTEMPTS"),
    exhausted: attributeText(message, "EXHAUSTED_RETRY_CONDITION"),
    broken:
      attributeText(message, "IS_PAYLOAD_TRUNCATED") === "true"
        ? "the Scheduler has cut the payload off"
        : undefined,
  };
};
