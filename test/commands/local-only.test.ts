import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { describeQueue } from "../../src/aws/queues.ts";
import { connect } from "../../src/commands/connect.ts";
import type { GlobalOptions } from "../../src/commands/flags.ts";
import { startLocal } from "../../src/local/start.ts";
import { makeWorld } from "../world.ts";

/** A server that must never be called: it stands for AWS, the host inside a stale queue URL. */
async function openForbidden() {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    url: `http://127.0.0.1:${port}/123456789012/orders-dlq`,
    [Symbol.dispose]: () => void server.close(),
  };
}

describe("with a local endpoint nothing reaches AWS", () => {
  it.each<[string, (url: string) => { env: Record<string, string>; global: GlobalOptions }]>([
    ["--local", (url) => ({ env: { EVB_LOCAL_URL: url }, global: { local: true } })],
    ["--endpoint-url", (url) => ({ env: {}, global: { endpointUrl: url } })],
    ["AWS_ENDPOINT_URL", (url) => ({ env: { AWS_ENDPOINT_URL: url }, global: {} })],
    [
      "AWS_ENDPOINT_URL_SQS",
      (url) => ({ env: { AWS_ENDPOINT_URL_SQS: url, AWS_ENDPOINT_URL_EVENTBRIDGE: url }, global: {} }),
    ],
  ])("%s: a call for a queue URL of another host goes to the endpoint", async (_name, settings) => {
    await using local = await startLocal();
    using forbidden = await openForbidden();
    const { env, global } = settings(local.url);
    using connection = connect(makeWorld([], { env }), global);
    expect(connection.local).toBe(true);
    expect(await describeQueue(await connection.sqs(), forbidden.url)).toBeUndefined();
    expect(forbidden.calls).toEqual([]);
  });

  it("the forbidden server would have been seen", async () => {
    using forbidden = await openForbidden();
    await fetch(forbidden.url);
    expect(forbidden.calls).toEqual(["GET /123456789012/orders-dlq"]);
  });
});
