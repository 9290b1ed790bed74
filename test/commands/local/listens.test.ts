import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { runEvb } from "../../world.ts";
import { openEvbLocal } from "./lab.ts";

describe("evb local listens", () => {
  it("where --host says, with a warning where others can call", async () => {
    await using local = await openEvbLocal("--host", "0.0.0.0");
    expect(local.world.err()).toContain("evb: warning: it listens on 0.0.0.0");
    const ask = (host: string) =>
      new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const { port } = new URL(local.url);
        const headers = { host, "x-amz-target": "AmazonSQS.CreateQueue" };
        const request = httpRequest({ port, method: "POST", headers }, async (response) => {
          let text = "";
          for await (const chunk of response) text += chunk;
          resolve({ status: response.statusCode, text });
        });
        request.on("error", reject);
        request.end('{"QueueName":"q"}');
      });
    // As a container's neighbour calls it; a queue's URL has to be of use there.
    expect(await ask("emulator:4010")).toEqual({
      status: 200,
      text: '{"QueueUrl":"http://emulator:4010/000000000000/q"}',
    });
    expect((await ask("192.168.1.7:4010")).status).toBe(200);
    expect((await ask("rebound.example.com")).status).toBe(403);
    await using quiet = await openEvbLocal();
    expect(quiet.world.err()).not.toContain("warning");
  });

  it("says that an address is not this machine's", async () => {
    const { code, err } = await runEvb(["local", "--port", "0", "--host", "192.0.2.1"]);
    expect(code).toBe(4);
    expect(err).toContain("192.0.2.1 is no address of this machine");
  });
});
