import { attributeNumber, attributeText } from "../message.ts";
import type { ReadKind } from "./kind.ts";

/**
 * A target of a rule on a Classic bus. The body is the event as the bus received it, before any input transformer;
 * all else is in message attributes. Source: EventBridge user guide, dead-letter queues.
 */
export const readEventBridge: ReadKind = (message, json) => {
  const ruleArn = attributeText(message, "RULE_ARN");
  if (ruleArn === undefined) return undefined;
  return {
    kind: "eventbridge",
    payload: message.body,
    origin: ruleArn,
    ruleArn,
    targetArn: attributeText(message, "TARGET_ARN"),
    errorCode: attributeText(message, "ERROR_CODE"),
    errorMessage: attributeText(message, "ERROR_MESSAGE"),
    attempts: attributeNumber(message, "RETRY_ATTEMPTS"),
    exhausted: attributeText(message, "EXHAUSTED_RETRY_CONDITION"),
    broken: json === undefined ? "the body is no JSON object" : undefined,
  };
};
