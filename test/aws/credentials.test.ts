import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { isExpired, renewCredentials } from "../../src/aws/credentials.ts";
import { openSqs } from "../../src/aws/open-sqs.ts";
import { receiveMessages } from "../../src/aws/queues.ts";

afterEach(() => vi.unstubAllEnvs());

/** A service that takes the key `NEW` only, and what keys it has seen. */
async function openService() {
  const keys: string[] = [];
  const server = createServer((request, response) => {
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    keys.push(key);
    request.resume().on("end", () => {
      response.writeHead(key === "NEW" ? 200 : 403, { "content-type": "application/x-amz-json-1.0" });
      response.end(key === "NEW" ? "{}" : '{"__type":"com.amazon.coral#ExpiredToken","message":"expired"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    [Symbol.dispose]: () => void server.close(),
  };
}

it("credentials that have expired are read again from the file in which they were renewed", async () => {
  using service = await openService();
  const file = join(await mkdtemp(join(tmpdir(), "evb-keys-")), "credentials");
  const keys = (id: string) =>
    writeFile(file, `[mine]\naws_access_key_id = ${id}\naws_secret_access_key = secret\n`);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", file);
  vi.stubEnv("AWS_CONFIG_FILE", `${file}.none`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
  await keys("OLD");
  const sqs = openSqs({ region: "us-east-1", profile: "mine", endpoint: service.url, maxAttempts: 1 });
  const receive = () => receiveMessages(sqs, `${service.url}/000000000000/q`, { waitSeconds: 0 });
  // The second call is the lean client's.
  for (let call = 0; call < 2; call++) expect(await receive().catch(isExpired)).toBe(true);
  await keys("NEW");
  await renewCredentials(sqs);
  expect(await receive()).toEqual([]);
  expect(service.keys).toEqual(["OLD", "OLD", "NEW"]);
  sqs.destroy();
});
