import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type WindableClock, windableClock } from "../../src/local/clock.ts";
import type { Invocation } from "../../src/local/eventbridge/options.ts";
import { type Local, startLocal } from "../../src/local/start.ts";

const at = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const bill = at("lambda", "function:bill");
const news = at("sns", "news");
const line = at("sns", "line.fifo");
const flow = at("states", "stateMachine:flow");
const quick = at("states", "stateMachine:quick");
const stream = at("kinesis", "stream/s");

let clock: WindableClock;
let local: Local;
let sns: SNSClient;
let lambda: LambdaClient;
let sfn: SFNClient;
let kinesis: KinesisClient;
let sqs: SQSClient;
const seen: { event: unknown; invocation: Invocation }[] = [];
/** Ends the execution of `flow` that runs. */
let end: () => void = () => {};

beforeAll(async () => {
  clock = windableClock(Date.now());
  const note = (event: unknown, invocation: Invocation) => void seen.push({ event, invocation });
  local = await startLocal({
    clock,
    states: { express: [quick] },
    events: {
      handlers: {
        [bill]: (event, invocation) => {
          note(event, invocation);
          if (Object(event).fail) throw new TypeError("no such bill");
          return { billed: true };
        },
        [news]: note,
        [line]: note,
        [flow]: (event, invocation) => {
          note(event, invocation);
          return new Promise<void>((resolve) => {
            end = resolve;
          });
        },
        [quick]: note,
        [stream]: note,
      },
    },
  });
  const config = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  };
  sns = new SNSClient(config);
  lambda = new LambdaClient(config);
  sfn = new SFNClient(config);
  sqs = new SQSClient(config);
  // By default this client speaks HTTP/2 from the first byte, which a server without TLS on one port cannot know.
  kinesis = new KinesisClient({ ...config, requestHandler: sqs.config.requestHandler });
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(async () => {
  for (const client of [sns, lambda, sfn, kinesis, sqs]) client.destroy();
  await local.close();
});

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: Error) => error.name,
  );

describe("Lambda", () => {
  it("hands a payload to the function's handler, and answers before it is done or with what it gives", async () => {
    const Payload = '{"n": 12345678901234567890}';
    const first = await lambda.send(
      new InvokeCommand({ FunctionName: bill, InvocationType: "Event", Payload }),
    );
    expect(first.StatusCode).toBe(202);
    const second = await lambda.send(new InvokeCommand({ FunctionName: "bill", Payload: "{}" }));
    expect(second.Payload?.transformToString()).toBe('{"billed":true}');
    expect(seen.map(({ invocation }) => invocation.body)).toEqual([Payload, "{}"]);
    expect(seen[0]!.invocation).toMatchObject({ targetArn: bill, ruleArn: undefined, attempt: 1 });
  });

  it("answers what a handler throws as the function's error, and not as the service's", async () => {
    const invoke = (InvocationType: "Event" | "RequestResponse") =>
      lambda.send(new InvokeCommand({ FunctionName: bill, InvocationType, Payload: '{"fail":true}' }));
    const answer = await invoke("RequestResponse");
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
    expect(JSON.parse(answer.Payload!.transformToString())).toEqual({
      errorType: "TypeError",
      errorMessage: "no such bill",
    });
    expect(await invoke("Event")).toMatchObject({ StatusCode: 202 });
    expect(await refusal(invoke("Later" as "Event"))).toBe("InvalidParameterValueException");
  });

  it("refuses a function that no handler stands for, and what is no JSON", async () => {
    const invoke = (FunctionName: string, Payload = "{}") =>
      refusal(lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload })));
    expect(await invoke("other")).toBe("ResourceNotFoundException");
    expect(await invoke("bill", "no json")).toBe("InvalidRequestContentException");
  });
});

describe("Step Functions", () => {
  const start = (stateMachineArn: string, name: string, input: string) =>
    sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));

  it("knows an execution again by its name: the same while it is open, refused afterwards", async () => {
    const { executionArn } = await start(flow, "a", '{"n":1}');
    expect(executionArn).toBe(at("states", "execution:flow:a"));
    expect((await start(flow, "a", '{"n":1}')).executionArn).toBe(executionArn);
    expect(await refusal(start(flow, "a", '{"n":2}'))).toBe("ExecutionAlreadyExists");
    end();
    await expect.poll(() => refusal(start(flow, "a", '{"n":1}'))).toBe("ExecutionAlreadyExists");
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ event: { n: 1 }, invocation: { request: { name: "a" } } });
  });

  it("starts an express execution each time", async () => {
    const one = await start(quick, "a", "{}");
    const two = await start(quick, "a", "{}");
    expect(one.executionArn).toMatch(/:express:quick:a:/);
    expect(two.executionArn).not.toBe(one.executionArn);
    expect(seen).toHaveLength(2);
  });

  it("refuses a machine that no handler stands for, bad names, and what is no JSON", async () => {
    expect(await refusal(start(at("states", "stateMachine:other"), "a", "{}"))).toBe(
      "StateMachineDoesNotExist",
    );
    expect(await refusal(start(quick, "a b", "{}"))).toBe("InvalidName");
    expect(await refusal(start(quick, "b", "text"))).toBe("InvalidExecutionInput");
  });
});

describe("Kinesis", () => {
  it("hands a record's data to the stream's handler, with its key", async () => {
    const put = (StreamARN: string, PartitionKey: string) =>
      kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey, Data: Buffer.from('{"ü":1}') }));
    const { SequenceNumber } = await put(stream, "k");
    expect(SequenceNumber).toMatch(/^\d+$/);
    expect(seen[0]).toMatchObject({ event: { ü: 1 }, invocation: { request: { PartitionKey: "k" } } });
    expect(await refusal(put(at("kinesis", "stream/other"), "k"))).toBe("ResourceNotFoundException");
    expect(await refusal(put(stream, ""))).toBe("ValidationException");
  });
});

describe("SNS", () => {
  it("hands a message to the topic's handler", async () => {
    const { MessageId } = await sns.send(
      new PublishCommand({
        TopicArn: news,
        Message: '{"a": "<b> & c"}',
        MessageAttributes: { n: { DataType: "Number", StringValue: "1" } },
      }),
    );
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen[0]).toMatchObject({
      event: { a: "<b> & c" },
      invocation: { request: { MessageAttributes: { n: { DataType: "Number", StringValue: "1" } } } },
    });
    expect(
      await refusal(sns.send(new PublishCommand({ TopicArn: at("sns", "other"), Message: "a" }))),
    ).toMatch(/^NotFound/);
  });

  it("passes a message of a FIFO topic on once in five minutes", async () => {
    const publish = (ids: object) =>
      sns.send(new PublishCommand({ TopicArn: line, Message: "1", MessageGroupId: "g", ...ids }));
    expect(await refusal(publish({}))).toMatch(/^InvalidParameter/);
    const first = await publish({ MessageDeduplicationId: "d" });
    expect(await publish({ MessageDeduplicationId: "d" })).toMatchObject({ MessageId: first.MessageId });
    expect(seen).toHaveLength(1);
    await clock.advance(5 * 60e3);
    await publish({ MessageDeduplicationId: "d" });
    expect(seen).toHaveLength(2);
  });

  it("passes messages on to the queues that subscribe, in an envelope or raw, where their policy lets it in", async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "orders" }));
    const Policy = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: "*",
          Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
        },
      ],
    });
    const subscribed: string[] = [];
    for (const [name, Attributes, raw] of [
      ["wrapped", { Policy }, "false"],
      ["raw", { Policy }, "true"],
      ["closed", {}, "false"],
    ] as const) {
      await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
      const subscription = { TopicArn, Protocol: "sqs", Endpoint: at("sqs", name) };
      const { SubscriptionArn } = await sns.send(
        new SubscribeCommand({ ...subscription, Attributes: { RawMessageDelivery: raw } }),
      );
      subscribed.push(SubscriptionArn!);
    }
    const publish = () =>
      sns.send(
        new PublishCommand({
          TopicArn,
          Message: "hello",
          Subject: "s",
          MessageAttributes: { n: { DataType: "String", StringValue: "1" } },
        }),
      );
    await publish();
    const receive = async (name: string) =>
      (
        await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: `${local.url}/000000000000/${name}`,
            MessageAttributeNames: ["All"],
          }),
        )
      ).Messages ?? [];
    const [wrapped] = await receive("wrapped");
    expect(JSON.parse(wrapped!.Body!)).toMatchObject({
      Type: "Notification",
      TopicArn,
      Subject: "s",
      Message: "hello",
      MessageAttributes: { n: { Type: "String", Value: "1" } },
    });
    const [raw] = await receive("raw");
    expect(raw).toMatchObject({ Body: "hello", MessageAttributes: { n: { StringValue: "1" } } });
    expect(await receive("closed")).toEqual([]);

    for (const SubscriptionArn of subscribed) await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await publish();
    expect(await receive("raw")).toEqual([]);
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    expect(await refusal(publish())).toMatch(/^NotFound/);
  });
});
