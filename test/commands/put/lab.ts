import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { startLocal } from "../../../src/local/start.ts";
import { makeWorld, type Outcome, runIn, type TestWorld, type TestWorldOptions } from "../../world.ts";

/** One entry of a PutEvents request, as it was on the wire. */
export interface WireEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName: string;
  readonly Time?: number;
  readonly Resources?: string[];
  readonly TraceHeader?: string;
}

/** A request that passes the gateway. */
export interface Passing {
  readonly operation: string;
  readonly entries: readonly WireEntry[];
  /** How many of this operation came before it. */
  readonly nth: number;
}

/** `drop` closes the connection without an answer; an answer is given in place of the emulator's; else it passes. */
export type Fault =
  | "drop"
  /** The emulator carries it out, but its answer is lost. */
  | "lose-answer"
  | { readonly status: number; readonly body: unknown }
  /** The emulator sees only the entries that are kept; the others fail with this code. */
  | { readonly keep: readonly boolean[]; readonly code: string }
  | undefined;

export interface Lab extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** What a consumer of all events on the bus `orders` has received. */
  readonly received: Record<string, unknown>[];
  /** The PutEvents requests, in the order in which they came. */
  readonly calls: readonly (readonly WireEntry[])[];
  fault: (passing: Passing) => Fault | Promise<Fault>;
  write(name: string, content: string | Uint8Array): string;
  read(name: string): string;
  world(argv: readonly string[], options?: TestWorldOptions): TestWorld;
  /** `evb put …` against the emulator. */
  put(argv: readonly string[], options?: TestWorldOptions): Promise<Outcome>;
}

const consumer = "arn:aws:lambda:us-east-1:000000000000:function:consumer";

/** An emulator with a bus `orders`, behind a gateway that fails what it is told to, and a folder to work in. */
export async function openLab(): Promise<Lab> {
  const received: Record<string, unknown>[] = [];
  const local = await startLocal({
    events: { handlers: { [consumer]: (event) => void received.push(event as Record<string, unknown>) } },
  });
  const admin = new EventBridgeClient({
    endpoint: local.url,
    region: "us-east-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
  await admin.send(new CreateEventBusCommand({ Name: "orders" }));
  const everything = JSON.stringify({ source: [{ prefix: "" }] });
  await admin.send(new PutRuleCommand({ Name: "all", EventBusName: "orders", EventPattern: everything }));
  const target = { Id: "consumer", Arn: consumer };
  await admin.send(new PutTargetsCommand({ Rule: "all", EventBusName: "orders", Targets: [target] }));
  admin.destroy();

  const calls: WireEntry[][] = [];
  const seen = new Map<string, number>();
  const server = createServer(async (incoming, outgoing) => {
    const body = await bytesOf(incoming);
    const operation = String(incoming.headers["x-amz-target"]).split(".")[1]!;
    const entries: WireEntry[] = JSON.parse(body.toString()).Entries ?? [];
    const nth = seen.get(operation) ?? 0;
    seen.set(operation, nth + 1);
    if (operation === "PutEvents") calls.push(entries);
    const fault = await lab.fault({ operation, entries, nth });
    if (fault === "drop") return void incoming.socket.destroy();
    if (typeof fault === "object" && "status" in fault) {
      outgoing.writeHead(fault.status, { "content-type": "application/x-amz-json-1.1" });
      return void outgoing.end(typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body));
    }
    const { "content-length": _, ...headers } = incoming.headers;
    const onward = forward(local.url, { method: "POST", headers }, async (answer) => {
      const text = fault === undefined ? await bytesOf(answer) : merged(await bytesOf(answer), fault);
      if (fault === "lose-answer") return void incoming.socket.destroy();
      outgoing.writeHead(answer.statusCode!, { "content-type": "application/x-amz-json-1.1" });
      outgoing.end(text);
    });
    onward.on("error", () => incoming.socket.destroy());
    onward.end(
      typeof fault === "object" ? JSON.stringify({ Entries: entries.filter((_, i) => fault.keep[i]) }) : body,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), "evb-put-"));
  const lab: Lab = {
    url,
    folder,
    received,
    calls,
    fault: () => undefined,
    write(name, content) {
      writeFileSync(join(folder, name), content);
      return name;
    },
    read: (name) => readFileSync(join(folder, name), "utf8"),
    world: (argv, options) => makeWorld(["put", ...argv, "--endpoint-url", url], { cwd: folder, ...options }),
    put: (argv, options) => runIn(lab.world(argv, options)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await local.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return lab;
}

/** The emulator's answer with the entries that it has not seen. */
function merged(answer: Buffer, fault: Fault): Buffer | string {
  if (typeof fault !== "object" || !("keep" in fault)) return answer;
  const taken = JSON.parse(answer.toString()).Entries;
  const failed = { ErrorCode: fault.code, ErrorMessage: "made on purpose" };
  return JSON.stringify({ Entries: fault.keep.map((isKept) => (isKept ? taken.shift() : failed)) });
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Events, one a line, of which each has its number in `detail.n`. */
export const ndjson = (count: number, detail: (n: number) => object = (n) => ({ n })): string =>
  Array.from(
    { length: count },
    (_, n) => `${JSON.stringify({ source: "shop", "detail-type": "T", detail: detail(n) })}\n`,
  ).join("");
