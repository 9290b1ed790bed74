import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { makeWorld, runIn, type TestWorld } from "../../world.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

async function openFilled(count = 12): Promise<Lab> {
  const lab = await openLab();
  await lab.queue("dlq");
  const bodies = Array.from({ length: count }, (_, n) => event(`e${n}`));
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
  return lab;
}

const at = (lab: Lab, file: string) => join(lab.home, file);
const idsOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(JSON.parse(line).body).id)
    .sort();
const all = (count: number) => Array.from({ length: count }, (_, n) => `e${n}`).sort();

describe("drain", () => {
  it("moves whole messages into a file for its owner's eyes only", async () => {
    await using lab = await openFilled();
    const { code, err, lines } = await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes", "--json"]);
    expect(code, err).toBe(0);
    expect(lines()).toHaveLength(12);
    expect(lines()[0]).toMatchObject({ status: "drained", errorCode: "NO_PERMISSIONS" });
    const text = readFileSync(at(lab, "d.ndjson"), "utf8");
    expect(idsOf(text)).toEqual(all(12));
    expect(JSON.parse(text.split("\n")[0]!)).toEqual({
      queue: arnOf("dlq"),
      messageId: expect.any(String),
      body: expect.any(String),
      attributes: expect.objectContaining({
        RULE_ARN: { DataType: "String", StringValue: expect.any(String) },
      }),
      systemAttributes: expect.objectContaining({ SentTimestamp: expect.any(String) }),
    });
    expect(statSync(at(lab, "d.ndjson")).mode & 0o777).toBe(0o600);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("copies with --keep, and a later drain to the same file only deletes what is there", async () => {
    await using lab = await openFilled();
    const kept = await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--keep"]);
    expect([kept.code, kept.err]).toEqual([0, expect.stringContaining("and all are still in the queue")]);
    expect(await lab.counts("dlq")).toEqual({ visible: 12, hidden: 0 });
    const { err } = await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes"]);
    expect(err).toContain("evb: d.ndjson holds 12 already; adding to it");
    expect(idsOf(readFileSync(at(lab, "d.ndjson"), "utf8"))).toEqual(all(12));
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("packs a file by its name, and goes on behind a part that a crash has torn", async () => {
    await using lab = await openFilled();
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson.gz", "--yes", "--max", "6"]);
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson.gz", "--yes"]);
    const file = at(lab, "d.ndjson.gz");
    expect(idsOf(gunzipSync(readFileSync(file)).toString())).toEqual(all(12));
    truncateSync(file, statSync(file).size - 20);
    await lab.send("dlq", event("late"));
    const { code, err } = await lab.dlq(["drain", "dlq", "--to", "d.ndjson.gz", "--yes"]);
    expect(code, err).toBe(0);
    expect(idsOf(gunzipSync(readFileSync(file)).toString())).toContain("late");
  });

  it("closes off a line that a crash has torn", async () => {
    await using lab = await openFilled(1);
    writeFileSync(at(lab, "d.ndjson"), `{"queue":"${arnOf("dlq")}","messageId":"1","bo`);
    const { code, err } = await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes"]);
    expect(code, err).toBe(0);
    expect(readFileSync(at(lab, "d.ndjson"), "utf8").split("\n")[1]).toContain('\\"e0\\"');
  });

  it("leaves a file alone that is none of its own", async () => {
    await using lab = await openFilled();
    writeFileSync(at(lab, "notes.txt"), "my notes\n");
    const { code, err } = await lab.dlq(["drain", "dlq", "--to", "notes.txt", "--yes"]);
    expect([code, err]).toEqual([
      2,
      "evb: error: notes.txt exists, and line 1 is no drained message\nhint: name a new file with --to\n",
    ]);
    writeFileSync(at(lab, "other"), '{"queue":"arn:aws:sqs:us-east-1:1:x","messageId":"1","body":"b"}\n');
    expect((await lab.dlq(["drain", "dlq", "--to", "other", "--yes"])).code).toBe(2);
    expect(await lab.counts("dlq")).toEqual({ visible: 12, hidden: 0 });
  });

  it("deletes nothing when the disk is full", async () => {
    await using lab = await openFilled();
    const { code, err } = await lab.dlq(["drain", "dlq", "--to", "/dev/full", "--yes"]);
    expect([code, err]).toEqual([2, "evb: error: /dev/full cannot be written: the disk is full\n"]);
    expect(await lab.counts("dlq")).toEqual({ visible: 12, hidden: 0 });
  });

  it("no second drain adds to the same file meanwhile", async () => {
    await using lab = await openFilled(3);
    lab.local.faults.add({ operation: "DeleteMessageBatch", kind: "late", ms: 400, nth: 1 });
    const drain = ["drain", "dlq", "--to", "d.ndjson", "--yes"];
    const first = lab.dlq(drain);
    await expect.poll(() => lab.local.faults.calls("DeleteMessageBatch")).toBeGreaterThan(0);
    const second = await lab.dlq(drain);
    expect([second.code, second.err]).toEqual([2, expect.stringContaining("d.ndjson is in use by process")]);
    expect((await first).code).toBe(0);
    expect((await lab.dlq(drain)).code).toBe(0);
    expect(readdirSync(lab.home)).not.toContain("d.ndjson.lock");
  });

  it("writes to standard output, and deletes only when it is told to", async () => {
    await using lab = await openFilled();
    const copied = await lab.dlq(["drain", "dlq", "--to", "-"]);
    expect(idsOf(copied.out)).toEqual(all(12));
    expect(await lab.counts("dlq")).toEqual({ visible: 12, hidden: 0 });
    expect((await lab.dlq(["drain", "dlq", "--to", "-", "--delete"])).code).toBe(2);
    const moved = await lab.dlq(["drain", "dlq", "--to", "-", "--delete", "--yes"]);
    expect(idsOf(moved.out)).toEqual(all(12));
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("asks, so a script must say --yes", async () => {
    await using lab = await openFilled();
    const { code, err } = await lab.dlq(["drain", "dlq", "--to", "d.ndjson"]);
    expect([code, err]).toEqual([2, expect.stringContaining("hint: --yes answers the question")]);
    expect(() => statSync(at(lab, "d.ndjson"))).toThrow("ENOENT");
  });
});

describe("restore", () => {
  it("puts messages back whole: bytes, group and deduplication id", async () => {
    await using lab = await openLab();
    await lab.queue("dlq.fifo");
    const QueueUrl = `${lab.local.url}/000000000000/dlq.fifo`;
    const MessageAttributes = { raw: { DataType: "Binary.png", BinaryValue: Uint8Array.of(0, 255, 10) } };
    const ids = { MessageGroupId: "g", MessageDeduplicationId: "d" };
    await lab.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "ü\n", MessageAttributes, ...ids }));
    await lab.dlq(["drain", "dlq.fifo", "--to", "d.ndjson", "--yes"]);
    await lab.queue("back.fifo");
    const { code, err } = await lab.dlq(["restore", "d.ndjson", "--to", "back.fifo", "--yes"]);
    expect(code, err).toBe(0);
    const [message] = await lab.messages("back.fifo");
    expect(message!.Body).toBe("ü\n");
    expect(message!.MessageAttributes!.raw).toMatchObject({ DataType: "Binary.png" });
    expect([...message!.MessageAttributes!.raw!.BinaryValue!]).toEqual([0, 255, 10]);
    expect(message!.Attributes).toMatchObject({ MessageGroupId: "g" });
  });

  it("says what of a redrive policy's message it cannot put back", async () => {
    await using lab = await openFilled(0);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 1 });
    const QueueUrl = await lab.queue("work", { RedrivePolicy, VisibilityTimeout: "0" });
    await lab.send("work", "x");
    for (let n = 0; n < 2; n++) await lab.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes"]);
    const dry = ["--dry-run"];
    const back = await lab.dlq(["restore", "d.ndjson", "--to", "dlq", ...dry]);
    expect(back.err).toContain("1 message had come from work by a redrive policy");
    expect(back.err).toContain("evb dlq redrive dlq --to queue:work takes it back");
    expect((await lab.dlq(["restore", "d.ndjson", "--to", "work", ...dry])).err).not.toContain("warning");
  });

  it("remembers what it has restored", async () => {
    await using lab = await openFilled();
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes"]);
    const restore = ["restore", "d.ndjson", "--to", "dlq", "--yes", "--json"];
    expect((await lab.dlq([...restore, "--max", "5"])).lines()).toHaveLength(5);
    const again = await lab.dlq(restore);
    const counts = (status: string) => again.lines().filter((line) => line.status === status).length;
    expect([again.code, counts("skipped"), counts("restored")]).toEqual([0, 5, 7]);
    expect((await lab.bodies("dlq")).map((body) => JSON.parse(body).id).sort()).toEqual(all(12));
  });

  it("knows too what another restore has sent while its question waited", async () => {
    await using lab = await openFilled(3);
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes"]);
    const restore = ["restore", "d.ndjson", "--to", "dlq"];
    const keys = async function* () {
      await expect.poll(() => world.err()).toContain("send 3 messages to queue dlq");
      await lab.dlq([...restore, "--yes"]);
      yield "y\r";
    };
    const world: TestWorld = makeWorld(["dlq", ...restore], { ...lab.world(), tty: true, stdin: keys() });
    const { code, err } = await runIn(world);
    expect([code, err]).toEqual([0, expect.stringContaining("0 messages restored, 3 skipped")]);
    expect(await lab.counts("dlq")).toEqual({ visible: 3, hidden: 0 });
  });

  it("takes the journal of a redrive, and of it only what was deleted", async () => {
    await using lab = await openFilled(3);
    await lab.queue("billing");
    await lab.dlq([
      "redrive",
      "dlq",
      "--to",
      "queue:billing",
      "--yes",
      "--max",
      "2",
      "--journal",
      "j.ndjson",
    ]);
    const { code, lines } = await lab.dlq(["restore", "j.ndjson", "--to", "dlq", "--yes", "--json"]);
    expect([code, lines().length]).toEqual([0, 2]);
    expect((await lab.bodies("dlq")).map((body) => JSON.parse(body).id).sort()).toEqual(all(3));
    // A crash after the acknowledgement: whether the queue still has it the journal does not say.
    const text = readFileSync(at(lab, "j.ndjson"), "utf8");
    const [first] = text.split("\n").filter((line) => line.startsWith('{"entry":"deleted"'));
    writeFileSync(at(lab, "j.ndjson"), text.replace(`${first}\n`, ""));
    const cut = await lab.dlq(["restore", "j.ndjson", "--to", "dlq", "--dry-run"]);
    expect(cut.err).toContain("1 message of j.ndjson left out: delivered, and a crash came before");
  });

  it("filters and plans like the others", async () => {
    await using lab = await openFilled();
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--yes"]);
    const pattern = ["--pattern", '{"id":["e3"]}'];
    const dry = await lab.dlq(["restore", "d.ndjson", "--to", "dlq", "--dry-run", "--json", ...pattern]);
    expect(dry.lines()).toMatchObject([{ status: "planned", event: { id: "e3" } }]);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it.each([
    ["no such file", "nothing.ndjson", "evb: error: no such file: nothing.ndjson"],
    ["a line of another kind", "bad.ndjson", "bad.ndjson:2: no drained message and no line of a journal"],
  ])("refuses %s before anything is sent", async (_, file, words) => {
    await using lab = await openFilled(0);
    writeFileSync(at(lab, "bad.ndjson"), '{"messageId":"1","body":"x"}\n{"hello":1}\n');
    const { code, err } = await lab.dlq(["restore", file, "--to", "dlq", "--yes"]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });
});
