import { connect } from "node:net";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Local, startLocal } from "../../src/local/start.ts";

let local: Local;
beforeAll(async () => {
  local = await startLocal();
});
afterAll(() => local.close());

async function ask(headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer> = "{}") {
  const response = await fetch(local.url, { method: "POST", headers, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const sqs = (operation: string) => ({ "x-amz-target": `AmazonSQS.${operation}` });

/** Sends bytes as they are and answers the first line that comes back. */
const raw = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(local.port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\r\n")) socket.destroy();
    });
    socket.on("close", () => resolve(text.split("\r\n")[0]!));
    socket.on("error", reject);
  });

describe("the server", () => {
  it("answers in each service's own content type, with a request id", async () => {
    const queues = await ask(sqs("ListQueues"));
    expect([queues.status, queues.text, queues.headers.get("content-type")]).toEqual([
      200,
      "{}",
      "application/x-amz-json-1.0",
    ]);
    const buses = await ask({ "x-amz-target": "AWSEvents.ListEventBuses" });
    expect(buses.headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(buses.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers errors with type, message and, for SQS, the older code", async () => {
    const missing = await ask(sqs("GetQueueUrl"), '{"QueueName":"none"}');
    expect(missing.status).toBe(400);
    expect(JSON.parse(missing.text)).toEqual({
      __type: "com.amazonaws.sqs#QueueDoesNotExist",
      message: "The specified queue does not exist.",
    });
    expect(missing.headers.get("x-amzn-query-error")).toBe("AWS.SimpleQueueService.NonExistentQueue;Sender");
    const invalid = await ask(sqs("CreateQueue"), '{"QueueName":"a b"}');
    expect(JSON.parse(invalid.text).__type).toBe("com.amazon.coral.service#InvalidParameterValueException");
    expect(invalid.headers.get("x-amzn-query-error")).toBe("InvalidParameterValue;Sender");
  });

  it.each([
    [{ "x-amz-target": "DynamoDB_20120810.ListTables" }, "DynamoDB_20120810.ListTables", "AWSEvents: "],
    [sqs("Explode"), "AmazonSQS.Explode", "AmazonSQS: AddPermission, "],
    [{}, "names no operation", "PutEvents"],
    [{ "content-type": "application/x-www-form-urlencoded" }, "(none)", "GetCallerIdentity"],
  ])("says what is supported instead of %o", async (headers, asked, supported) => {
    const { status, text } = await ask(headers as Record<string, string>);
    expect(status).toBe(400);
    expect(text).toContain("UnknownOperationException");
    expect(text).toContain(asked);
    expect(text).toContain(supported);
  });

  it.each([
    "",
    "nonsense",
    "[]",
    "null",
    "{",
    '{"QueueName":{}}',
    '{"QueueName":["a"]}',
    '{"QueueName":"q","Attributes":"x"}',
  ])("is not ended by the body %s", async (body) => {
    const { status, text } = await ask(sqs("CreateQueue"), body);
    expect(status).toBe(400);
    expect(JSON.parse(text).__type).toMatch(/Exception$/);
  });

  it("says that nothing is at a path", async () => {
    const language = "/v1/registries/name/r/schemas/name/s/language/Python36";
    const response = await fetch(`${local.url}${language}?schemaVersion=1`);
    expect(((await response.json()) as { message: string }).message).toContain(
      `GET ${language} is not emulated. Supported: `,
    );
  });

  it.each(["//", "//x:99999999/", "/\\\\", "http://elsewhere/v1/registries", "*"])(
    "answers what asks for %s",
    async (target) => {
      const line = await raw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expect(line).toMatch(/^HTTP\/1\.1 (200|400) /);
    },
  );

  it("refuses what is nested too deeply", async () => {
    const deep = `{"Entries":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const { status, text } = await ask({ "x-amz-target": "AWSEvents.PutEvents" }, deep);
    expect([status, JSON.parse(text).__type]).toEqual([400, "SerializationException"]);
    const form = await ask(
      { "content-type": "application/x-www-form-urlencoded" },
      `Action=CreateQueue&QueueName=q&Attribute.${"entry.".repeat(50_000)}1=x`,
    );
    expect([form.status, JSON.parse(form.text).__type]).toEqual([400, "SerializationException"]);
  });

  it("converts what loses no meaning, and takes null for absent", async () => {
    const created = await ask(
      sqs("CreateQueue"),
      '{"QueueName":"typed","Attributes":{"DelaySeconds":1,"Policy":null},"tags":null}',
    );
    const { QueueUrl } = JSON.parse(created.text);
    const got = await ask(
      sqs("GetQueueAttributes"),
      JSON.stringify({ QueueUrl, AttributeNames: ["DelaySeconds", "Policy"] }),
    );
    expect(JSON.parse(got.text)).toEqual({ Attributes: { DelaySeconds: "1" } });
    const received = await ask(sqs("ReceiveMessage"), JSON.stringify({ QueueUrl, MaxNumberOfMessages: "x" }));
    expect(JSON.parse(received.text).message).toContain("can not be converted to an Integer");
  });

  it("answers 413 to a body that is too large, and goes on", async () => {
    const { status, text } = await ask(sqs("SendMessage"), new Uint8Array(9 * 1024 * 1024));
    expect(status).toBe(413);
    expect(JSON.parse(text).__type).toBe("RequestEntityTooLargeException");
    expect((await ask(sqs("ListQueues"))).status).toBe(200);
  });

  it("survives what is no HTTP, and clients that leave half-way", async () => {
    expect(await raw("what is this\r\n\r\n")).toBe("HTTP/1.1 400 Bad Request");
    const leaving = connect(local.port, "127.0.0.1", () => {
      leaving.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");
      leaving.destroy();
    });
    await new Promise((resolve) => leaving.on("close", resolve));
    expect((await ask(sqs("ListQueues"))).status).toBe(200);
  });

  it("cannot be driven by a web page", async () => {
    for (const headers of [
      { origin: "https://example.com" },
      { origin: "null" },
      { origin: "http://localhost:3000" },
      { "sec-fetch-site": "cross-site" },
    ])
      expect((await ask({ ...sqs("ListQueues"), ...headers } as Record<string, string>)).status).toBe(403);
    const request = (host: string) =>
      raw(
        `POST / HTTP/1.1\r\nHost: ${host}\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: 2\r\n\r\n{}`,
      );
    expect(await request(`rebound.example.com:${local.port}`)).toBe("HTTP/1.1 403 Forbidden");
    expect(await request("127.0.0.1.example.com")).toBe("HTTP/1.1 403 Forbidden");
    for (const host of ["localhost", "127.0.0.1:80", "127.0.0.2", "[::1]:80", "sqs.us-east-1.localhost:4010"])
      expect(await request(host)).toBe("HTTP/1.1 200 OK");
    expect(await raw(`GET /?Action=ListQueues HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toBe(
      "HTTP/1.1 400 Bad Request",
    );
  });

  it("listens on the loopback interface alone, and refuses a port in use", async () => {
    expect(local.url).toBe(`http://127.0.0.1:${local.port}`);
    await expect(startLocal({ port: local.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("closes at once, with connections open, and more than once", async () => {
    const other = await startLocal();
    const client = new SQSClient({
      endpoint: other.url,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    await fetch(other.url, { method: "POST", headers: sqs("ListQueues"), body: "{}" });
    const idle = connect(other.port, "127.0.0.1");
    await new Promise<void>((resolve) => idle.on("connect", () => resolve()));
    const ended = new Promise((resolve) => idle.on("close", resolve));
    idle.on("error", () => {});
    await other.close();
    await ended;
    await other.close();
    client.destroy();
    await expect(fetch(other.url)).rejects.toThrow();
  });

  it("names things alike for the same seed", async () => {
    const seeded = () => {
      let state = 1;
      return () => {
        state = (state * 16807) % 2147483647;
        return state / 2147483647;
      };
    };
    const ids: string[] = [];
    for (const random of [seeded(), seeded()]) {
      await using one = await startLocal({ random });
      const response = await fetch(one.url, { method: "POST", headers: sqs("ListQueues"), body: "{}" });
      ids.push(response.headers.get("x-amzn-requestid")!);
    }
    expect(ids[0]).toBe(ids[1]);
  });
});
