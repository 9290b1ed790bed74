import type { Message, MessageAttribute } from "../../../src/core/redrive/message.ts";

export const queueArn = "arn:aws:sqs:eu-west-1:123456789012:orders-dlq";
export const ruleArn = "arn:aws:events:eu-west-1:123456789012:rule/shop/bill";
export const targetArn = "arn:aws:sqs:eu-west-1:123456789012:billing";

export const strings = (texts: Record<string, string>): Record<string, MessageAttribute> =>
  Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );

export const makeMessage = (
  body: unknown,
  attributes: Record<string, string> = {},
  system: Record<string, string> = {},
  messageId = "m1",
): Message => ({
  messageId,
  body: typeof body === "string" ? body : JSON.stringify(body),
  attributes: strings(attributes),
  system: { SentTimestamp: "1767323045000", ApproximateReceiveCount: "2", ...system },
});

export const orderPlaced = {
  version: "0",
  id: "e1",
  "detail-type": "Order Placed",
  source: "shop",
  account: "123456789012",
  time: "2026-01-02T03:04:05Z",
  region: "eu-west-1",
  resources: [],
  detail: { total: 12 },
};

/** A dead letter of the rule `bill`, as EventBridge writes it. */
export const deadOrder = (
  system: Record<string, string> = {},
  messageId = "m1",
  event: object = orderPlaced,
) =>
  makeMessage(
    event,
    {
      RULE_ARN: ruleArn,
      TARGET_ARN: targetArn,
      ERROR_CODE: "NO_PERMISSIONS",
      ERROR_MESSAGE: "denied",
      RETRY_ATTEMPTS: "3",
    },
    system,
    messageId,
  );
