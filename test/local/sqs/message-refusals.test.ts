import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./bench.ts";

const send = (QueueUrl: string, MessageBody: string, more = {}) =>
  new SendMessageCommand({ QueueUrl, MessageBody, ...more });

it("takes a message of exactly one MiB, attributes included", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const MessageAttributes = { n: { DataType: "String", StringValue: "v" } };
  const body = "x".repeat(1_048_576 - 8);
  await bench.client.send(send(QueueUrl, body, { MessageAttributes }));
  expect(await faultOf(bench.client.send(send(QueueUrl, `${body}x`, { MessageAttributes })))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
  );
});

it.each([
  ["no body", { MessageBody: "" }, "MissingParameter", "must contain the parameter MessageBody"],
  ["a control character", { MessageBody: "a\u0000" }, "InvalidMessageContents", "Invalid characters found."],
  ["half a character", { MessageBody: "a\ud800" }, "InvalidMessageContents", "Invalid characters found."],
  [
    "an empty attribute",
    { MessageAttributes: { ErrorDetails: { DataType: "String", StringValue: "" } } },
    "InvalidParameterValue",
    "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
  ],
  [
    "an attribute of no known type",
    { MessageAttributes: { a: { DataType: "Text", StringValue: "x" } } },
    "InvalidParameterValue",
    "The type of message (user) attribute 'a' is invalid.",
  ],
  [
    "a number that is none",
    { MessageAttributes: { a: { DataType: "Number.int", StringValue: "x" } } },
    "InvalidParameterValue",
    "Can't cast the value of message (user) attribute 'a' to a number.",
  ],
  [
    "a number of JavaScript's",
    { MessageAttributes: { a: { DataType: "Number", StringValue: "0x10" } } },
    "InvalidParameterValue",
    "Can't cast the value of message (user) attribute 'a' to a number.",
  ],
  [
    "a reserved attribute name",
    { MessageAttributes: { "AWS.a": { DataType: "String", StringValue: "x" } } },
    "InvalidParameterValue",
    "'AWS.a' is invalid",
  ],
  [
    "eleven attributes",
    {
      MessageAttributes: Object.fromEntries(
        Array.from({ length: 11 }, (_, at) => [`a${at}`, { DataType: "String", StringValue: "x" }]),
      ),
    },
    "InvalidParameterValue",
    "Number of message attributes [11] exceeds the allowed maximum [10].",
  ],
  [
    "a deduplication id on a standard queue",
    { MessageDeduplicationId: "d" },
    "InvalidParameterValue",
    "Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.",
  ],
])("refuses a message with %s", async (_what, more, code, text) => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const fault = await faultOf(bench.client.send(send(QueueUrl, "x", more)));
  expect(fault).toContain(` ${code} (`);
  expect(fault).toContain(text);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});

it("checks what a receiver asks for", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  expect(await faultOf(bench.receive(QueueUrl, { MaxNumberOfMessages: 11 }))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
  );
  expect(await faultOf(bench.receive(QueueUrl, { WaitTimeSeconds: 21 }))).toContain(
    "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
  );
  expect(await faultOf(bench.receive(QueueUrl, { VisibilityTimeout: 43_201 }))).toContain(
    "VisibilityTimeout",
  );
  expect(await faultOf(bench.receive(`${QueueUrl}x`))).toBe(
    "400 QueueDoesNotExist (AWS.SimpleQueueService.NonExistentQueue): The specified queue does not exist.",
  );
});
