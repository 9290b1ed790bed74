import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { type Bench, openBench } from "./bench.ts";

let bench: Bench;
let cwd: string;
beforeAll(async () => {
  bench = await openBench();
  cwd = await mkdtemp(join(tmpdir(), "evb-tail-"));
});
afterAll(() => bench[Symbol.asyncDispose]());

const env = { PATH: process.env.PATH };
const start = (...argv: string[]) => bench.start(["tail", "-b", "orders", ...argv], { cwd, env });
const read = (file: string) => readFile(join(cwd, file), "utf8");

describe("evb tail --exec", () => {
  it("runs the command with the event on its stdin, and gives it stdout", async () => {
    const tail = start("--max", "1", "--exec", "cat; echo done; echo oh >&2");
    await tail.saw("listening");
    const id = await bench.put({ id: 1 });
    const { code, out, err } = await tail.outcome;
    expect(code).toBe(0);
    const [body, rest] = [out.slice(0, out.lastIndexOf("}") + 1), out.slice(out.lastIndexOf("}") + 1)];
    expect(JSON.parse(body)).toMatchObject({ id, detail: { id: 1 } });
    expect(rest).toBe("done\n");
    expect(err).toContain("oh\n");
    expect(err).toMatch(new RegExp(`evb: ${id} OrderPlaced -> exec: exit code 0 \\(\\d+m?s\\)\n`));
  });

  it("leaves stdout to the bodies with --json", async () => {
    const tail = start("--max", "1", "--json", "--exec", "echo noise");
    await tail.saw("listening");
    const id = await bench.put({ id: 1 });
    const { lines, err } = await tail.outcome;
    expect(lines()).toMatchObject([{ id }]);
    expect(err).toContain("noise");
  });

  it("tries again after a failure", async () => {
    const tail = start("--max", "1", "--exec", "echo x >> tries; test $(wc -l < tries) -ge 3");
    await tail.saw("listening");
    await bench.put({ id: 1 });
    const { code, err } = await tail.outcome;
    expect(code).toBe(0);
    expect(await read("tries")).toBe("x\nx\nx\n");
    expect(err).toContain("exit code 1");
    expect(err).toMatch(/attempt 1 of 5, again in /);
    expect(err).toContain("at attempt 3");
  });

  it("gives up after --max-attempts, and keeps the event in --failed", async () => {
    const tail = start(
      "--max",
      "2",
      "--max-attempts",
      "2",
      "--failed",
      "failed.ndjson",
      "--exec",
      "! grep -q '\"id\":1'",
    );
    await tail.saw("listening");
    const id = await bench.put({ note: { id: 1 } });
    await bench.put({ id: 2 });
    const { code, err } = await tail.outcome;
    expect(code).toBe(3);
    expect(JSON.parse(await read("failed.ndjson"))).toMatchObject({ id });
    expect(err).toContain("given up after 2 attempts");
    expect(err).toContain("2 events in");
    expect(err).toContain("1 given up");
  });

  it("keeps what was given up so that evb put takes it again", async () => {
    const flags = ["--max", "1", "--max-attempts", "1", "--failed", "again.ndjson"];
    const tail = start(...flags, "--exec", "false");
    await tail.saw("listening");
    await bench.put({ id: 42 }, { source: "crm" });
    expect((await tail.outcome).code).toBe(3);
    const second = start("--max", "1", "--json");
    await second.saw("listening");
    const put = bench.start(["put", "again.ndjson", "-b", "orders"], { cwd });
    expect((await put.outcome).err).toContain("published 1 on orders");
    expect((await second.outcome).lines()).toMatchObject([{ source: "crm", detail: { id: 42 } }]);
  });

  it("hides an event from other receivers for as long as the command runs", async () => {
    const clock = windableClock(Date.parse("2026-11-23T20:00:00Z"));
    await using wound = await openBench({ clock });
    const argv = ["tail", "-b", "orders", "--max", "1", "--handler-timeout", "1h"];
    const script = "echo run >> runs; while ! test -e go; do sleep 0.02; done";
    const tail = wound.start([...argv, "--exec", script], { cwd, env, clock });
    await tail.saw("listening");
    await wound.put({ id: 1 });
    while (!(await read("runs").catch(() => ""))) await new Promise((go) => setTimeout(go, 5));
    const name = /evb-tail-[0-9a-z-]+/.exec(tail.world.err())![0];
    const QueueUrl = `${wound.local.url}/${wound.local.account}/${name}`;
    for (let minutes = 0; minutes < 5; minutes++) {
      // In steps, so that what is sent at one of them has time to arrive.
      for (let step = 0; step < 6; step++) {
        await clock.advance(10_000);
        await new Promise((go) => setTimeout(go, 20));
      }
      const { Attributes = {} } = await wound.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      expect(Attributes).toMatchObject({
        ApproximateNumberOfMessages: "0",
        ApproximateNumberOfMessagesNotVisible: "1",
      });
    }
    expect(wound.local.faults.calls("ChangeMessageVisibilityBatch")).toBeGreaterThan(9);
    await writeFile(join(cwd, "go"), "");
    expect((await tail.outcome).code).toBe(0);
    expect(await read("runs")).toBe("run\n");
  });

  it("ends a command that hangs, with all that it has started", async () => {
    const tail = start(
      "--max",
      "1",
      "--max-attempts",
      "1",
      "--handler-timeout",
      "100ms",
      "--exec",
      "(sleep 0.4; echo late >> late) & wait",
    );
    await tail.saw("listening");
    await bench.put({ id: 1 });
    const { code, err } = await tail.outcome;
    expect(code).toBe(3);
    expect(err).toContain("not done after 100ms");
    await new Promise((go) => setTimeout(go, 450));
    await expect(read("late")).rejects.toThrow("ENOENT");
  });

  it("passes a signal on to the command, and does not try again", async () => {
    const tail = start(
      "--exec",
      "trap 'echo caught >> caught; exit 1' TERM; echo ready >> caught; sleep 60 & wait",
    );
    await tail.saw("listening");
    await bench.put({ id: 1 });
    while (!(await read("caught").catch(() => "")).includes("ready"))
      await new Promise((go) => setTimeout(go, 5));
    tail.world.signal("SIGTERM");
    const { code, err } = await tail.outcome;
    expect(code).toBe(143);
    expect(await read("caught")).toBe("ready\ncaught\n");
    expect(err).toContain("given up after 1 attempt");
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it("gives up what has come in and is not begun any more, and says how much is still in the queue", async () => {
    const script = "echo + >> begun; sleep 30";
    const flags = ["--concurrency", "1", "--exec", script, "--failed", "unbegun"];
    const tail = start(...flags);
    await tail.saw("listening");
    for (let id = 0; id < 5; id++) await bench.put({ id });
    while ((await read("begun").catch(() => "")) === "") await new Promise((go) => setTimeout(go, 5));
    tail.world.signal();
    const { code, err } = await tail.outcome;
    expect(code).toBe(130);
    const kept = (await read("unbegun")).trim().split("\n").length;
    const left = Number(/(\d+) more events? had come in and went with the queue/.exec(err)?.[1] ?? 0);
    expect([kept + left, await read("begun")]).toEqual([5, "+\n"]);
    expect(err.match(/given up/g)!.length).toBe(kept + 1);
  });

  it("keeps in --failed what it has not handled when the reader of the output goes away", async () => {
    const script = `if grep -q '"id":0'; then exit 0; else sleep 5; exit 1; fi`;
    const argv = ["tail", "-b", "orders", "--json", "--exec", script, "--failed", "unread"];
    const tail = bench.start([...argv, "--concurrency", "4"], { cwd, env, closeAfter: 10 });
    await tail.saw("listening");
    for (let id = 1; id < 4; id++) await bench.put({ id });
    await bench.put({ id: 0 });
    await tail.outcome;
    const ids = (await read("unread"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).detail.id);
    expect(ids.sort()).toEqual([1, 2, 3]);
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it("runs no more than --concurrency at a time", async () => {
    const script = "echo + >> log; sleep 0.05; echo - >> log";
    const tail = start("--max", "6", "--concurrency", "2", "--exec", script);
    await tail.saw("listening");
    for (let id = 0; id < 6; id++) await bench.put({ id });
    expect((await tail.outcome).code).toBe(0);
    let running = 0;
    const counts = [...(await read("log")).matchAll(/[+-]/g)].map(
      ([sign]) => (running += sign === "+" ? 1 : -1),
    );
    expect(counts).toHaveLength(12);
    expect(Math.max(...counts)).toBe(2);
  });
});

describe("evb tail --forward-to", () => {
  const listen = async (answer: (count: number) => number) => {
    const posts: { body: string; headers: IncomingHttpHeaders }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        posts.push({ body, headers: request.headers });
        response.writeHead(answer(posts.length), { location: "/" }).end("because\nso");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
    return { url, posts, [Symbol.dispose]: () => void server.close() };
  };

  it("posts each event until the server takes it", async () => {
    using server = await listen((count) => (count === 1 ? 503 : 202));
    const tail = start("--max", "1", "--forward-to", server.url);
    await tail.saw("listening");
    await bench.put({ id: 1 });
    const { code, out, err } = await tail.outcome;
    expect(code).toBe(0);
    expect(server.posts.map(({ body }) => `${body}\n`)).toEqual([out, out]);
    expect(server.posts[0]!.headers["content-type"]).toBe("application/json");
    expect(err).toContain(`-> ${server.url}: HTTP 503: because so`);
    expect(err).toContain(`-> ${server.url}: HTTP 202`);
  });

  it("takes a redirect for a failure, and a closed port", async () => {
    const server = await listen(() => 302);
    const flags = ["--max", "1", "--max-attempts", "1", "--forward-to", server.url];
    for (const words of ["HTTP 302", "no answer (ECONNREFUSED)"]) {
      const tail = start(...flags);
      await tail.saw("listening");
      await bench.put({ id: 1 });
      const { code, out, err } = await tail.outcome;
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain(words);
      server[Symbol.dispose]();
    }
  });
});
