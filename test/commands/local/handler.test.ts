import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { handler } from "../../../src/commands/local/handler.ts";
import { makeWorld, runEvb, runIn } from "../../world.ts";
import { openEvbLocal, type Running } from "./lab.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evb-handler-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A bus whose one rule feeds a function, with a dead-letter queue and no retries. */
async function open(...argv: readonly string[]): Promise<Running> {
  const local = await openEvbLocal("--deliveries", "--lenient", ...argv);
  const call = async (operation: string, input: object) => {
    const headers = { "x-amz-target": operation };
    const answer = await fetch(local.url, { method: "POST", headers, body: JSON.stringify(input) });
    expect(answer.status).toBe(200);
  };
  await call("AmazonSQS.CreateQueue", { QueueName: "dlq" });
  await call("AWSEvents.CreateEventBus", { Name: "orders" });
  await call("AWSEvents.PutRule", {
    Name: "all",
    EventBusName: "orders",
    EventPattern: '{"source":["shop"]}',
  });
  await call("AWSEvents.PutTargets", {
    Rule: "all",
    EventBusName: "orders",
    Targets: [
      {
        Id: "fn",
        Arn: "arn:aws:lambda:us-east-1:000000000000:function:on-order",
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: { Arn: "arn:aws:sqs:us-east-1:000000000000:dlq" },
      },
    ],
  });
  return local;
}

const put = (local: Running) =>
  local.evb("put", "-b", "orders", "--source", "shop", "--detail-type", "Order", "--detail", '{"id":"A-1"}');

describe("--handler", () => {
  it.each([
    ["lambda=./on.mjs", { target: "lambda", how: { kind: "module", path: "./on.mjs", name: "default" } }],
    ["lambda=on.cjs#run", { target: "lambda", how: { kind: "module", path: "on.cjs", name: "run" } }],
    ["states=jq .detail >>runs", { target: "states", how: { kind: "command", line: "jq .detail >>runs" } }],
    ["sns=http://127.0.0.1:1/a=b", { target: "sns", how: { kind: "url", url: "http://127.0.0.1:1/a=b" } }],
    ["logs=file:out.log", { target: "logs", how: { kind: "file", path: "out.log" } }],
    ["logs=-", { target: "logs", how: { kind: "stdout" } }],
    [
      "arn:aws:lambda:us-east-1:000000000000:function:f=node on.mjs",
      {
        target: "arn:aws:lambda:us-east-1:000000000000:function:f",
        how: { kind: "command", line: "node on.mjs" },
      },
    ],
  ])("reads %s", (text, expected) => expect(handler(text)).toEqual([expected]));

  it.each([
    ["lambda", "expected TARGET=HOW"],
    ["lambda=", "expected TARGET=HOW"],
    ["My Function=x", "is no ARN and no service"],
  ])("refuses %s", (text, words) => expect(() => handler(text)).toThrow(words));

  it("refuses two for one target", () =>
    expect(() => handler("lambda=a", handler("lambda=b"))).toThrow("lambda has a handler already"));

  it("calls a module's function, which may refuse an event for good", async () => {
    const module = join(folder, "on.mjs");
    writeFileSync(
      module,
      `export function run(event, { attempt }) {
         throw Object.assign(new Error(\`\${event.detail.id} at attempt \${attempt}\`), { retryable: false });
       }`,
    );
    await using local = await open("--handler", `lambda=${module}#run`);
    await put(local);
    await local.told("all -> fn: dead-lettered, ERROR_FROM_TARGET: A-1 at attempt 1");
  });

  it("runs a command with the event on stdin and its target in the environment", async () => {
    const out = join(folder, "out");
    await using local = await open(
      "--handler",
      `lambda=cat >'${out}'; echo got $EVB_TARGET_ARN $EVB_ATTEMPT`,
    );
    await put(local);
    await local.told("all -> fn: delivered");
    expect(local.world.err()).toContain("got arn:aws:lambda:us-east-1:000000000000:function:on-order 1");
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ source: "shop", detail: { id: "A-1" } });
  });

  it("takes a command's exit code for its verdict, and its last words for the reason", async () => {
    await using local = await open("--handler", "lambda=echo no room >&2; exit 3");
    await put(local);
    await local.told("all -> fn: dead-lettered, ERROR_FROM_TARGET: exit code 3: no room");
  });

  it("posts to a URL", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(bodies.length === 1 ? 204 : 422).end(bodies.length === 1 ? "" : "not mine");
      });
    });
    await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
      await using local = await open("--handler", `lambda=${url}`);
      await put(local);
      await local.told("all -> fn: delivered");
      await put(local);
      await local.told("dead-lettered, ERROR_FROM_TARGET: HTTP 422: not mine");
      expect(JSON.parse(bodies[0]!)).toMatchObject({ detail: { id: "A-1" } });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("writes to a file, or to standard output, one line an event", async () => {
    const out = join(folder, "events.log");
    await using file = await open("--handler", `lambda=file:${out}`);
    await put(file);
    await put(file);
    await file.told("delivered");
    await using stdout = await open("--handler", "lambda=-");
    await put(stdout);
    await stdout.told("all -> fn: delivered");
    expect(JSON.parse((await stdout.stop()).out)).toMatchObject({ detail: { id: "A-1" } });
    expect(
      readFileSync(out, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).detail.id),
    ).toEqual(["A-1", "A-1"]);
  });

  it.each([
    ["missing.mjs", "cannot be loaded"],
    ["on.mjs#nothing", "exports no function nothing"],
  ])("says at once that %s %s", async (name, words) => {
    writeFileSync(join(folder, "on.mjs"), "export default () => {};");
    const { code, err } = await runEvb(["local", "--port", "0", "--handler", `lambda=${join(folder, name)}`]);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it("runs nothing that was not named", async () => {
    await using local = await open();
    await put(local);
    await local.told("dead-lettered, NO_RESOURCE");
  });
});

describe("evb local deliveries", () => {
  it("lists what came of deliveries, and what is asked for of them", async () => {
    await using local = await open("--handler", "lambda=exit 1");
    await put(local);
    await local.told("dead-lettered");
    const ask = (...argv: readonly string[]) =>
      runIn(makeWorld(["local", "deliveries", ...argv], { env: { EVB_LOCAL_URL: local.url } }));
    const table = await ask();
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/TIME +BUS +RULE +TARGET +STATUS +ATTEMPTS +EVENT +REASON/);
    expect(table.out).toMatch(
      /orders +all +fn +dead-lettered +1 +[0-9a-f-]{36} +ERROR_FROM_TARGET: exit code 1/,
    );
    const record = JSON.parse((await ask("--json", "--status", "dead-lettered", "--rule", "all")).out);
    expect(record).toMatchObject({ targetId: "fn", attempts: 1 });
    expect(await ask("--event", record.eventId, "--max", "1")).toMatchObject({ err: "evb: 1 delivery\n" });
    expect(await ask("--status", "delivered")).toMatchObject({ out: "", err: "evb: 0 deliveries\n" });
  });

  it("says that no emulator runs", async () => {
    const env = { EVB_LOCAL_URL: "http://127.0.0.1:9" };
    const { code, err } = await runIn(makeWorld(["local", "deliveries"], { env }));
    expect(code).toBe(4);
    expect(err).toContain("no emulator answers at http://127.0.0.1:9");
  });
});
