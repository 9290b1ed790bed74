import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { AwsCall } from "../../src/aws/clients.ts";
import { Signer } from "../../src/aws/lean/sign.ts";
import { openSqs } from "../../src/aws/open-sqs.ts";
import { describeQueue, receiveMessages, sendMessages } from "../../src/aws/queues.ts";

interface Request {
  readonly target: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

type Answer = { readonly status?: number; readonly body: object; readonly date?: string } | "hang up";

/** A server that answers SQS's operations one after another, and a client for it that has made its first call. */
async function openStub(answers: Record<string, Answer[]>, sessionToken?: string) {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const target = String(request.headers["x-amz-target"]).split(".")[1]!;
    requests.push({ target, headers: request.headers, body });
    const answer = answers[target]?.shift() ?? { body: {} };
    if (answer === "hang up") return request.socket.destroy();
    response.writeHead(answer.status ?? 200, { date: answer.date ?? new Date().toUTCString() });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls: AwsCall[] = [];
  const credentials = { accessKeyId: "AK", secretAccessKey: "sk", ...(sessionToken && { sessionToken }) };
  const sqs = openSqs({ endpoint, region: "eu-west-1", credentials, onCall: (call) => calls.push(call) });
  const url = `${endpoint}/1/q`;
  await describeQueue(sqs, url);
  return {
    sqs,
    url,
    requests,
    calls,
    async [Symbol.asyncDispose]() {
      sqs.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const sent = {
  Successful: [{ Id: "0", MessageId: "m", MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592" }],
};

describe("the signature", () => {
  it("is that of AWS's published vector post-vanilla", () => {
    const signer = new Signer({ region: "us-east-1", service: "service" });
    const credentials = {
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    };
    const now = Date.parse("2015-08-30T12:36:00Z");
    const { authorization } = signer.sign("/", { host: "example.amazonaws.com" }, "", credentials, now);
    expect(authorization).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });

  it("is for the region and the credentials of the SDK's client, its session token included", async () => {
    await using stub = await openStub({ SendMessageBatch: [{ body: sent }] }, "token");
    await sendMessages(stub.sqs, stub.url, [{ body: "hello" }]);
    const { headers } = stub.requests.at(-1)!;
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AK\/\d{8}\/eu-west-1\/sqs\/aws4_request/,
    );
    expect(headers["x-amz-security-token"]).toBe("token");
  });
});

describe("a call", () => {
  it("is tried again when the server fails or hangs up, and then may have been carried out twice", async () => {
    const answers = { SendMessageBatch: [{ status: 503, body: {} }, "hang up", { body: sent }] as Answer[] };
    await using stub = await openStub(answers);
    expect(await sendMessages(stub.sqs, stub.url, [{ body: "hello" }])).toEqual([
      { ok: true, id: "m", inDoubt: true },
    ]);
    expect(stub.calls.slice(1)).toMatchObject([
      { operation: "SendMessageBatch", status: 503, attempt: 1 },
      { operation: "SendMessageBatch", status: undefined, attempt: 2 },
      { operation: "SendMessageBatch", status: 200, attempt: 3 },
    ]);
  });

  it("that is refused says who refused what, as the SDK does", async () => {
    const refusal = { __type: "com.amazonaws.sqs#AccessDeniedException", message: "no" };
    await using stub = await openStub({ ReceiveMessage: [{ status: 403, body: refusal }] });
    await expect(receiveMessages(stub.sqs, stub.url)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: "no",
      operation: "ReceiveMessage",
      service: "sqs",
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("sets a wrong clock right by the server's", async () => {
    const skewed = { __type: "RequestTimeTooSkewed", message: "your clock" };
    const date = "Fri, 02 Jan 2026 03:04:05 GMT";
    const answers = { SendMessageBatch: [{ status: 403, body: skewed, date }, { body: sent }] };
    await using stub = await openStub(answers);
    await sendMessages(stub.sqs, stub.url, [{ body: "hello" }]);
    expect(stub.requests.at(-1)!.headers["x-amz-date"]).toMatch(/^20260102T0304/);
  });

  it("takes no message for delivered whose body was damaged on the way", async () => {
    await using stub = await openStub({ SendMessageBatch: [{ body: sent }] });
    await expect(sendMessages(stub.sqs, stub.url, [{ body: "hullo" }])).rejects.toMatchObject({
      name: "InvalidChecksumError",
    });
  });

  it("ends when the client is closed", async () => {
    await using stub = await openStub({});
    stub.sqs.destroy();
    await expect(receiveMessages(stub.sqs, stub.url)).rejects.toThrow("the client has been closed");
  });
});
