import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";
import { openEvbLocal, type Running } from "./lab.ts";

const order = ["put", "order-placed", "-b", "orders", "--var", "orderId=A-1"] as const;
const running: Running[] = [];
async function open(...argv: readonly string[]): Promise<Running> {
  const local = await openEvbLocal(...argv);
  running.push(local);
  return local;
}
afterEach(async () => {
  for (const local of running.splice(0)) await local.stop();
});

describe("evb local", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("says where it listens, serves, and ends at %s", async (signal, code) => {
    const local = await open("--from", "order-processing");
    expect(local.world.err()).toContain("evb: 1 bus, 3 rules, 4 queues from order-processing\n");
    expect(await local.evb(...order)).toMatchObject({ code: 0 });
    const ended = await local.stop(signal);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain("evb: the emulator has stopped\n");
    await expect(fetch(local.url)).rejects.toThrow();
  });

  it("as a process of its own: one JSON line once it listens, and its exit code at SIGTERM", async () => {
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

  it("listens where --host says, with a warning where others can call", async () => {
    const local = await open("--host", "0.0.0.0");
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
    const quiet = await open();
    expect(quiet.world.err()).not.toContain("warning");
  });

  it("says that an address is not this machine's", async () => {
    const { code, err } = await runEvb(["local", "--port", "0", "--host", "192.0.2.1"]);
    expect(code).toBe(4);
    expect(err).toContain("192.0.2.1 is no address of this machine");
  });

  it("delivers to a queue that lets nobody in with --lenient only", async () => {
    const strict = await open("--from", "demo", "--deliveries");
    await strict.evb(...order);
    await strict.told("evb: delivery: orders/orders-to-fulfilment -> fulfilment: delivered (event ");
    await strict.told("evb: delivery: orders/orders-to-billing -> billing: dead-lettered, NO_RESOURCE: ");
    const lenient = await open("--from", "demo", "--deliveries", "--lenient");
    await lenient.evb(...order);
    await lenient.told("evb: delivery: orders/orders-to-billing -> billing: delivered (event ");
  });

  it("tells of no delivery unless it is asked to", async () => {
    const local = await open("--from", "order-processing");
    await local.evb(...order);
    expect((await local.stop()).err).not.toContain("delivery:");
  });

  it("refuses events for a missing bus when it is told to; else it forgets them as AWS does", async () => {
    const put = [
      "put",
      "-b",
      "gone",
      "--source",
      "s",
      "--detail-type",
      "t",
      "--detail",
      "{}",
      "--no-check",
      "--json",
    ];
    const silent = await open();
    expect((await silent.evb(...put)).lines()).toMatchObject([{ status: "published" }]);
    const strict = await open("--refuse-missing-bus");
    const refused = await strict.evb(...put);
    expect(refused.code).not.toBe(0);
    expect(refused.lines()).toMatchObject([{ status: "failed" }]);
  });

  it("lets a delay of a quarter of an hour pass in a moment with --time-scale", async () => {
    const local = await open("--from", "saga", "--time-scale", "3600");
    await local.evb("put", "payment-failed", "-b", "purchase", "--var", "orderId=A-1");
    let peek = "";
    for (let tries = 0; tries < 100 && !peek.includes("A-1"); tries++)
      peek = (await local.evb("dlq", "peek", "payment-retries", "--json")).out;
    expect(peek).toContain("Charge");
  });

  it("fails calls with --fault, but not those that bring in the file", async () => {
    const local = await open("--from", "order-processing", "--fault", "*=error:AccessDeniedException");
    const refused = await local.evb(...order, "--no-check");
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain("PutEvents: An error made on purpose.");
  });

  it("sends again what is throttled on purpose", async () => {
    const local = await open("--from", "order-processing", "--fault", "PutEvents@1=throttle");
    expect((await local.evb(...order, "--json")).lines()).toMatchObject([
      { status: "published", attempts: 2 },
    ]);
  });
});

describe("evb local refuses", () => {
  it("a port that is in use, and says which flag helps", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const outcome = await runEvb(["local", "--port", String(port)]);
    other.close();
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.err).toContain(`evb: error: port ${port} is in use\n`);
    expect(outcome.err).toContain("--port 0");
  });

  it.each([
    [["--from", "nowhere"], "no such file or starter: nowhere", "starters: audit, cqrs, data-pipeline, demo"],
    [["--from", '{"buses": []}'], "buses: expected an object", ""],
    [
      ["--from", '{"queues": {"q": {"policy": "x"}}, "more": 1}'],
      "(and 1 more)",
      'queues.q.policy: expected "rules" or "none"',
    ],
    [["--from", '{"buses": '], "JSON", ""],
    [["--time-scale", "0"], "expected a number above 0", ""],
    [["--fault", "PutEvents"], "expected OPERATION[@CALLS]=KIND[:VALUE]", ""],
    [
      ["--port", "0", "--fault", "PutEvent=hang"],
      "--fault: no such operation: PutEvent",
      "did you mean PutEvents?",
    ],
    [
      ["--port", "0", "--fault", "ListQueues=fail-entries:0"],
      "--fault: ListQueues has no entries that could fail",
      "these have: SendMessageBatch",
    ],
    [["--port", "x"], "expected a whole number", ""],
  ])("%j", async (argv, sentence, hint) => {
    const outcome = await runEvb(["local", ...argv]);
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.out).toBe("");
    expect(outcome.err).toContain(sentence);
    expect(outcome.err).toContain(hint);
  });

  it("a file whose pattern AWS would refuse, and leaves nothing running", async () => {
    const file = { buses: { b: { rules: { r: { pattern: { source: "s" }, targets: [] } } } } };
    const outcome = await runEvb(["local", "--port", "0", "--from", JSON.stringify(file)]);
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.err).toContain("Event pattern is not valid");
  });
});

describe("evb local apply", () => {
  it("brings a running emulator to what a file says, and again to what another says", async () => {
    await using local = await startLocal();
    const folder = await mkdtemp(join(tmpdir(), "evb-apply-"));
    const env = { EVB_LOCAL_URL: local.url };
    const file = {
      queues: { q: {} },
      buses: { b: { rules: { r: { pattern: { source: ["s"] }, targets: [{ id: "t", queue: "q" }] } } } },
    };
    await writeFile(join(folder, "mine.json"), JSON.stringify(file));
    const apply = (name: string) => runEvb(["local", "apply", name], { env, cwd: folder });
    expect(await apply("mine.json")).toMatchObject({
      code: 0,
      err: "evb: 1 bus, 1 rule, 1 queue from mine.json\n",
    });
    expect(await apply("mine.json")).toMatchObject({ code: 0 });
    expect(await apply("audit")).toMatchObject({
      code: 0,
      err: "evb: 2 buses, 4 rules, 4 queues from audit\n",
    });
    await rm(folder, { recursive: true });
  });

  it("says that no emulator runs", async () => {
    const outcome = await runEvb(["local", "apply", "audit"], {
      env: { EVB_LOCAL_URL: "http://127.0.0.1:9" },
    });
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.err).toContain("127.0.0.1:9");
  });
});
