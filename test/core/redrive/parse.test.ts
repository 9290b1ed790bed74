import { describe, expect, it } from "vitest";
import { parseLetter } from "../../../src/core/redrive/parse.ts";
import { explainCode } from "../../../src/core/redrive/reasons.ts";
import { deadOrder, makeMessage, orderPlaced, ruleArn, targetArn } from "./message.ts";

const lambdaArn = "arn:aws:lambda:eu-west-1:123456789012:function:bill:$LATEST";
const failed = { timestamp: "2026-01-02T03:04:05Z", version: "1.0" };

/** One message of each kind, in the form in which its service writes it. */
const kinds = [
  [
    "eventbridge",
    deadOrder(),
    {
      event: { id: "e1", source: "shop", detailType: "Order Placed", time: "2026-01-02T03:04:05Z" },
      origin: ruleArn,
      ruleArn,
      targetArn,
      errorCode: "NO_PERMISSIONS",
      errorMessage: "denied",
      attempts: 3,
      exhausted: undefined,
      broken: undefined,
    },
  ],
  [
    "eventbridge",
    makeMessage("{torn", { RULE_ARN: ruleArn }),
    { broken: "the body is no JSON object", payload: "{torn" },
  ],
  [
    "eventbridge-v2",
    makeMessage(
      {
        version: "1.0",
        subscriberArn: "arn:sub",
        errorCode: "ACCESS_DENIED",
        failedMessages: [{ eventId: "e" }],
      },
      { SUBSCRIBER_ARN: "arn:sub", TARGET_ARN: lambdaArn, ERROR_CODE: "ACCESS_DENIED", RETRY_ATTEMPTS: "5" },
    ),
    { origin: "arn:sub", payload: undefined, event: undefined, errorCode: "ACCESS_DENIED", attempts: 5 },
  ],
  [
    "scheduler",
    makeMessage(
      { MessageBody: "x", QueueUrl: "y" },
      {
        SCHEDULE_ARN: "arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly",
        TARGET_ARN: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage",
        ERROR_CODE: "AWS.SimpleQueueService.NonExistentQueue",
        EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
        IS_PAYLOAD_TRUNCATED: "true",
      },
    ),
    { exhausted: "MaximumRetryAttempts", broken: "the Scheduler has cut the payload off" },
  ],
  [
    "lambda",
    makeMessage(orderPlaced, { RequestID: "r", ErrorCode: "200", ErrorMessage: "boom" }),
    { event: { id: "e1", source: "shop" }, errorCode: "200", errorMessage: "boom", targetArn: undefined },
  ],
  [
    "lambda-destination",
    makeMessage({
      ...failed,
      requestContext: { functionArn: lambdaArn, condition: "RetriesExhausted", approximateInvokeCount: 3 },
      requestPayload: orderPlaced,
      responseContext: { statusCode: 200, functionError: "Unhandled" },
      responsePayload: { errorMessage: "boom" },
    }),
    { event: { id: "e1" }, origin: lambdaArn, errorCode: "Unhandled", errorMessage: "boom", attempts: 3 },
  ],
  [
    "lambda-destination",
    makeMessage({
      ...failed,
      requestContext: { functionArn: lambdaArn, condition: "RetryAttemptsExhausted" },
      KinesisBatchInfo: { shardId: "s" },
    }),
    { payload: undefined, errorCode: "RetryAttemptsExhausted" },
  ],
  ["pipes", makeMessage({ version: "1.0", DDBStreamBatchInfo: { shardId: "s" } }), { payload: undefined }],
  [
    "sns",
    makeMessage({
      Type: "Notification",
      TopicArn: "arn:aws:sns:eu-west-1:123456789012:t",
      Message: JSON.stringify(orderPlaced),
    }),
    { event: { id: "e1" }, origin: "arn:aws:sns:eu-west-1:123456789012:t", errorCode: undefined },
  ],
  [
    "sns",
    makeMessage({
      Type: "Notification",
      TopicArn: "arn:t",
      Message: "plain",
      MessageAttributes: {
        ErrorCode: { Type: "Number", Value: "200" },
        ErrorMessage: { Type: "String", Value: "boom" },
      },
    }),
    { payload: "plain", errorCode: "200", errorMessage: "boom" },
  ],
  [
    "sqs",
    makeMessage("plain", { own: "1" }, { DeadLetterQueueSourceArn: targetArn }),
    { origin: targetArn, payload: "plain" },
  ],
  ["unknown", makeMessage("plain"), { payload: "plain", event: undefined, origin: undefined }],
  ["unknown", makeMessage(""), { payload: "" }],
  ["unknown", makeMessage("[1]"), { event: undefined }],
  ["unknown", makeMessage({ Type: "Notification" }), { event: undefined }],
] as const;

describe("a dead letter", () => {
  it.each(kinds)("of the kind %s", (kind, message, wanted) => {
    expect(parseLetter(message)).toMatchObject({
      kind,
      messageId: "m1",
      sentAt: 1767323045000,
      receives: 2,
      ...wanted,
    });
  });

  it("keeps the payload of a destination to the byte", () => {
    const body = `{"requestContext":{"functionArn":"${lambdaArn}"},"requestPayload": {"n":12345678901234567890}}`;
    expect(parseLetter(makeMessage(body)).payload).toBe('{"n":12345678901234567890}');
  });
});

describe("the reason in plain words", () => {
  it.each([
    ["NO_PERMISSIONS", /may not call/],
    ["AccessDeniedException", /may not call/],
    ["AWS.SimpleQueueService.NonExistentQueue", /does not exist/],
    ["Lambda.TooManyRequestsException", /no more calls/],
  ])("knows %s", (code, meaning) => {
    expect(explainCode(code)?.meaning).toMatch(meaning);
  });

  it.each([["200"], [undefined], ["toString"]])("says nothing about %s", (code) => {
    expect(explainCode(code)).toBeUndefined();
  });
});
