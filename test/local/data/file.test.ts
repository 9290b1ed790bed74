import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { call, openDirectory } from "./lab.ts";

const fileOf = (directory: string) =>
  join(directory, readdirSync(directory).find((name) => name.startsWith("state-"))!);

/** A directory with three queues in it, made by an emulator that has ended. */
async function fill(directory: string): Promise<string> {
  await using local = await startLocal({ data: directory });
  for (const QueueName of ["one", "two", "three"]) await call(local, "AmazonSQS.CreateQueue", { QueueName });
  return fileOf(directory);
}

async function queuesIn(directory: string): Promise<readonly string[]> {
  await using local = await startLocal({ data: directory });
  const { QueueUrls = [] } = await call(local, "AmazonSQS.ListQueues", {});
  return QueueUrls.map((url: string) => url.slice(url.lastIndexOf("/") + 1));
}

describe("the file of state", () => {
  it("may end in the middle of a record, at any byte of it: what was answered is there", async () => {
    using directory = openDirectory();
    const file = await fill(directory.path);
    const whole = readFileSync(file);
    const last = whole.lastIndexOf(10, whole.length - 2) + 1;
    const log: string[] = [];
    for (const size of [last, last + 1, last + 9, last + 30, whole.length - 1]) {
      using other = openDirectory();
      writeFileSync(join(other.path, "state-000007.log"), whole.subarray(0, size));
      const local = await startLocal({ data: other.path, log: (line) => log.push(line) });
      const { QueueUrls } = await call(local, "AmazonSQS.ListQueues", {});
      await local.close();
      expect(QueueUrls).toHaveLength(2);
    }
    expect(log).toHaveLength(4);
    expect(log[0]).toContain("a last record of 1 bytes was not finished");
  });

  it("that is damaged is named with its place and a way to mend it, and stays as it is", async () => {
    using directory = openDirectory();
    const file = await fill(directory.path);
    const bytes = readFileSync(file);
    const at = bytes.indexOf('"two"');
    bytes.write('"TWO"', at);
    writeFileSync(file, bytes);
    const line = bytes.subarray(0, at).toString().split("\n").length;
    const begin = bytes.lastIndexOf(10, at) + 1;
    const error = await startLocal({ data: directory.path }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "FILE_NOT_READ",
      message: `${file} is damaged: line ${line}, at byte ${begin}, is not as it was written`,
    });
    expect((error as { hints: string[] }).hints.join()).toContain(`head -c ${begin}`);
    expect(readFileSync(file)).toEqual(bytes);
    // The remedy that is named works.
    writeFileSync(file, bytes.subarray(0, begin));
    expect(await queuesIn(directory.path)).toEqual(["one"]);
  });

  it.each([
    ["of another kind", "hello\n", "is no file of the emulator's state"],
    ["empty", "", "is damaged: line 1"],
    [
      "of a later evb",
      '{"format":"evb-local","version":99,"region":"us-east-1","account":"000000000000"}\n',
      "was written by a newer evb: format 99, this one reads 1",
    ],
    [
      "of another region",
      '{"format":"evb-local","version":1,"region":"eu-west-1","account":"000000000000"}\n',
      "holds the state of region eu-west-1, not us-east-1",
    ],
  ])("%s is refused", async (_kind, text, words) => {
    using directory = openDirectory();
    const file = join(directory.path, "state-000001.log");
    writeFileSync(file, text);
    await expect(startLocal({ data: directory.path })).rejects.toThrow(words);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(existsSync(join(directory.path, "lock"))).toBe(false);
  });

  it("that was not finished is no state, and goes", async () => {
    using directory = openDirectory();
    const file = await fill(directory.path);
    // A crash between the new file's completion and the old one's end leaves both.
    writeFileSync(join(directory.path, "state-000000.log"), "what is older is not read");
    writeFileSync(`${file}.new`, "half");
    expect(await queuesIn(directory.path)).toEqual(["one", "three", "two"]);
    expect(readdirSync(directory.path).filter((name) => name.startsWith("state-"))).toHaveLength(1);
  });

  it("does not grow for ever", async () => {
    using directory = openDirectory();
    await using local = await startLocal({ data: directory.path });
    await call(local, "AmazonSQS.CreateQueue", { QueueName: "q" });
    const MessageBody = "x".repeat(1_000_000);
    for (let n = 0; n < 40; n++) {
      await call(local, "AmazonSQS.SendMessage", { QueueUrl: "URL:q", MessageBody });
      const { Messages } = await call(local, "AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" });
      await call(local, "AmazonSQS.DeleteMessage", {
        QueueUrl: "URL:q",
        ReceiptHandle: Messages[0].ReceiptHandle,
      });
    }
    expect(statSync(fileOf(directory.path)).size).toBeLessThan(20_000_000);
  });

  it("is written to the disk before the answer where that is asked for", async () => {
    using directory = openDirectory();
    await using local = await startLocal({ data: directory.path, fsync: true });
    const names = Array.from({ length: 20 }, (_, n) => `q${n}`);
    await Promise.all(names.map((QueueName) => call(local, "AmazonSQS.CreateQueue", { QueueName })));
    const text = readFileSync(fileOf(directory.path), "utf8");
    for (const name of names) expect(text).toContain(`"name":"${name}"`);
  });
});

describe("the directory", () => {
  it("belongs to one emulator at a time", async () => {
    using directory = openDirectory();
    const first = await startLocal({ data: directory.path });
    await expect(startLocal({ data: directory.path })).rejects.toThrow(
      `${directory.path} is in use by process ${process.pid}`,
    );
    await first.close();
    await (await startLocal({ data: directory.path })).close();
  });

  it.each([
    ["of a process that is no more", JSON.stringify({ pid: 2 ** 22 + 1, started: "then/1" })],
    ["of a process that had our number before", JSON.stringify({ pid: process.pid, started: "then/1" })],
    ["that says nothing", ""],
  ])("with a lock %s is free", async (_kind, text) => {
    using directory = openDirectory();
    writeFileSync(join(directory.path, "lock"), text);
    await (await startLocal({ data: directory.path })).close();
    expect(readdirSync(directory.path).filter((name) => name.startsWith("lock"))).toEqual([]);
  });

  it("that is a file is refused", async () => {
    using directory = openDirectory();
    const path = join(directory.path, "file");
    appendFileSync(path, "");
    await expect(startLocal({ data: path })).rejects.toThrow(`${path} is a file`);
  });

  it("is free again when the port cannot be had", async () => {
    using directory = openDirectory();
    await using other = await startLocal();
    await expect(startLocal({ data: directory.path, port: other.port })).rejects.toThrow("EADDRINUSE");
    mkdirSync(join(directory.path, "unrelated"));
    await (await startLocal({ data: directory.path })).close();
  });
});

it("time does not go back: what an emulator in a hurry has kept does not lie in the future", async () => {
  using directory = openDirectory();
  const { windableClock } = await import("../../../src/local/clock.ts");
  const ahead = await startLocal({ data: directory.path, clock: windableClock(2_000_000_000_000) });
  await call(ahead, "AmazonSQS.CreateQueue", { QueueName: "q" });
  await call(ahead, "AmazonSQS.SendMessage", { QueueUrl: "URL:q", MessageBody: "x" });
  await call(ahead, "AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" });
  await ahead.close();
  const clock = windableClock(1_000_000_000_000);
  await using behind = await startLocal({ data: directory.path, clock });
  expect(await call(behind, "AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" })).toEqual({});
  await clock.advance(30_001);
  expect((await call(behind, "AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" })).Messages).toHaveLength(1);
});
