import { attributeNumber, attributeText } from "../message.ts";
import { numberOf, type ReadKind, textOf } from "./kind.ts";

/** A subscriber of the newer bus: a record of what failed, without the event. */
export const readEventBridgeV2: ReadKind = (message, json) => {
  const byAttribute = attributeText(message, "SUBSCRIBER_ARN");
  const byBody = Array.isArray(json?.failedMessages) ? textOf(json.subscriberArn) : undefined;
  if (byAttribute === undefined && byBody === undefined) return undefined;
  return {
    kind: "eventbridge-v2",
    origin: byAttribute ?? byBody,
    targetArn: attributeText(message, "TARGET_ARN") ?? textOf(json?.targetArn),
    errorCode: attributeText(message, "ERROR_CODE") ?? textOf(json?.errorCode),
    errorMessage: attributeText(message, "ERROR_MESSAGE") ?? textOf(json?.errorMessage),
    attempts: attributeNumber(message, "RETRY_ATTEMPTS") ?? numberOf(json?.retryAttempts),
    exhausted: attributeText(message, "EXHAUSTED_RETRY_CONDITION") ?? textOf(json?.exhaustedRetryCondition),
    broken: json === undefined ? "the body is no JSON object" : undefined,
  };
};
