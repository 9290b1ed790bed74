import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Local, startLocal } from "../../src/local/start.ts";

let local: Local;
beforeAll(async () => {
  local = await startLocal();
});
afterAll(() => local.close());

/** Posts a form, as clients from before November 2023 do, and answers status and XML without the request id. */
async function post(form: Record<string, string>, path = "/", version = "2012-11-05") {
  const response = await fetch(local.url + path, {
    method: "POST",
    body: new URLSearchParams({ Version: version, ...form }),
  });
  const text = await response.text();
  expect(response.headers.get("content-type")).toBe("text/xml");
  return `${response.status} ${text.replace(/<RequestId>[0-9a-f-]{36}<\/RequestId>/, "<RequestId/>")}`;
}
const head = '<?xml version="1.0"?>';
const namespace = 'xmlns="http://queue.amazonaws.com/doc/2012-11-05/"';
const meta = "<ResponseMetadata><RequestId/></ResponseMetadata>";

describe("the query protocol", () => {
  it("creates a queue from numbered attributes and tags", async () => {
    const QueueUrl = `${local.url}/000000000000/q`;
    expect(
      await post({
        Action: "CreateQueue",
        QueueName: "q",
        "Attribute.1.Name": "VisibilityTimeout",
        "Attribute.1.Value": "0",
        "Attribute.2.Name": "DelaySeconds",
        "Attribute.2.Value": "0",
        "Tag.1.Key": "a",
        "Tag.1.Value": "<1>",
      }),
    ).toBe(
      `200 ${head}<CreateQueueResponse ${namespace}><CreateQueueResult><QueueUrl>${QueueUrl}</QueueUrl></CreateQueueResult>${meta}</CreateQueueResponse>`,
    );
    expect(await post({ Action: "ListQueueTags", QueueUrl })).toContain(
      "<Tag><Key>a</Key><Value>&lt;1&gt;</Value></Tag>",
    );
    expect(
      await post({ Action: "GetQueueAttributes", QueueUrl, "AttributeName.1": "VisibilityTimeout" }),
    ).toContain("<Attribute><Name>VisibilityTimeout</Name><Value>0</Value></Attribute>");
  });

  it("sends and receives, also by the path of the queue's URL", async () => {
    const sent = await post(
      {
        Action: "SendMessage",
        MessageBody: 'a <b> & "c"\r\nd',
        "MessageAttribute.1.Name": "MyAttribute",
        "MessageAttribute.1.Value.DataType": "String",
        "MessageAttribute.1.Value.StringValue": "foobar",
      },
      "/000000000000/q",
    );
    expect(sent).toContain(
      "<MD5OfMessageAttributes>adb59cd4678ea5a855436b949cd07ab6</MD5OfMessageAttributes>",
    );
    const received = await post({
      Action: "ReceiveMessage",
      QueueUrl: `${local.url}/000000000000/q`,
      "AttributeName.1": "ApproximateReceiveCount",
      "MessageAttributeName.1": "All",
      MaxNumberOfMessages: "10",
    });
    expect(received).toContain("<Body>a &lt;b&gt; &amp; &quot;c&quot;&#xD;\nd</Body>");
    expect(received).toContain("<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>");
    expect(received).toContain(
      "<MessageAttribute><Name>MyAttribute</Name><Value><StringValue>foobar</StringValue><DataType>String</DataType></Value></MessageAttribute>",
    );
  });

  it("does batches", async () => {
    const answer = await post({
      Action: "SendMessageBatch",
      QueueUrl: `${local.url}/000000000000/q`,
      "SendMessageBatchRequestEntry.1.Id": "good",
      "SendMessageBatchRequestEntry.1.MessageBody": "x",
      "SendMessageBatchRequestEntry.2.Id": "bad",
      "SendMessageBatchRequestEntry.2.MessageBody": "y",
      "SendMessageBatchRequestEntry.2.DelaySeconds": "1000",
    });
    expect(answer).toMatch(/<SendMessageBatchResultEntry><Id>good<\/Id><MD5OfMessageBody>/);
    expect(answer).toContain(
      "<BatchResultErrorEntry><Id>bad</Id><SenderFault>true</SenderFault><Code>InvalidParameterValue</Code>",
    );
  });

  it("answers nothing but a request id where there is no result", async () => {
    expect(await post({ Action: "PurgeQueue", QueueUrl: `${local.url}/000000000000/q` })).toBe(
      `200 ${head}<PurgeQueueResponse ${namespace}>${meta}</PurgeQueueResponse>`,
    );
  });

  it("answers errors with the older codes and texts", async () => {
    expect(await post({ Action: "GetQueueUrl", QueueName: "none" })).toBe(
      `400 ${head}<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error><RequestId/></ErrorResponse>`,
    );
    expect(await post({ Action: "ListQueues", MaxResults: "many" })).toContain(
      "<Code>SerializationException</Code>",
    );
    const unknown = await post({ Action: "Explode" });
    expect(unknown).toContain("<Code>UnknownOperationException</Code>");
    expect(unknown).toMatch(/Supported: AmazonSQS: [\w, ]+\./);
  });

  it("tells a tool who it is", async () => {
    expect(await post({ Action: "GetCallerIdentity" }, "/", "2011-06-15")).toBe(
      `200 ${head}<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn><UserId>000000000000</UserId><Account>000000000000</Account></GetCallerIdentityResult>${meta}</GetCallerIdentityResponse>`,
    );
  });
});
