import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";

describe("evb local as a process of its own", () => {
  it("says one JSON line once it listens, and ends with an exit code at SIGTERM", async () => {
    const bin = join(import.meta.dirname, "../../../bin/evb.js");
    const child = spawn(process.execPath, [bin, "local", "--port", "0", "--json"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const line = await new Promise<string>((resolve) =>
      child.stdout.setEncoding("utf8").once("data", resolve),
    );
    const said = JSON.parse(line);
    expect(said).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      region: "us-east-1",
      account: "000000000000",
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(143);
  });

  it("keeps what it answered with success when the disk is full, and names that as the reason", async () => {
    const folder = await mkdtemp(join(tmpdir(), "evb-full-"));
    const bin = join(import.meta.dirname, "../../../bin/evb.js");
    // No file of the process may grow beyond 8 KB.
    const line = `ulimit -f 16 && exec "${process.execPath}" "${bin}" local --port 0 --json --data "${folder}"`;
    const env = { ...process.env, EVB_NO_CODE_CACHE: "1" };
    const child = spawn("/bin/sh", ["-c", line], { stdio: ["ignore", "pipe", "pipe"], env });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    const said = await new Promise<string>((done) => child.stdout.setEncoding("utf8").once("data", done));
    const { url } = JSON.parse(said);
    const create = async (QueueName: string, tag: string) => {
      const headers = { "x-amz-target": "AmazonSQS.CreateQueue" };
      const body = JSON.stringify({ QueueName, tags: { tag } });
      return (await fetch(url, { method: "POST", headers, body })).status;
    };
    expect(await create("small", "x")).toBe(200);
    expect(await create("large", "x".repeat(250))).toBe(200);
    const policy = JSON.stringify({ Id: "x".repeat(9000), Statement: [] });
    const put = { method: "POST", headers: { "x-amz-target": "AWSEvents.PutPermission" } };
    expect((await fetch(url, { ...put, body: JSON.stringify({ Policy: policy }) })).status).toBe(500);
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(2);
    expect(err).toContain(`${folder} cannot be written to: EFBIG`);
    await using again = await startLocal({ data: folder });
    const list = { method: "POST", headers: { "x-amz-target": "AmazonSQS.ListQueues" }, body: "{}" };
    expect(await (await fetch(again.url, list)).json()).toMatchObject({ QueueUrls: { length: 2 } });
    await rm(folder, { recursive: true });
  });
});
