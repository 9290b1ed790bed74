import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { makeWorld, runIn } from "../../world.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

const toTarget = (queue: string, dlq: string, input: object = {}) => ({
  Id: queue.replace(".", "-"),
  Arn: arnOf(queue),
  DeadLetterConfig: { Arn: arnOf(dlq) },
  ...input,
});

/** A bus whose rule `bill` feeds `billing` and `audit`, and the dead-letter queue of both. */
async function openShop(input: object = {}): Promise<Lab> {
  const lab = await openLab();
  for (const queue of ["billing", "audit", "dlq"]) await lab.queue(queue);
  await lab.allow("dlq");
  await lab.rule("shop", "bill", "shop", [toTarget("billing", "dlq", input), toTarget("audit", "dlq")]);
  return lab;
}

const letter = (
  lab: Lab,
  id: string,
  { code = "NO_PERMISSIONS", target = "billing", body = event(id) } = {},
) => lab.send("dlq", body, failure("shop/bill", arnOf(target), code));

const journalOf = (lab: Lab) =>
  readFileSync(join(lab.home, "state/evb/redrive/000000000000-us-east-1-dlq.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("redrive --to target", () => {
  it("gives the event to the one target that failed, as its rule makes it, and takes it out of the queue", async () => {
    await using lab = await openShop({
      InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '{"number": <n>}' },
    });
    await letter(lab, "e1");
    const { code, lines, err } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code, err).toBe(0);
    expect(lines()).toEqual([
      {
        messageId: expect.any(String),
        status: "redriven",
        destination: arnOf("billing"),
        event: { id: "e1", source: "shop", detailType: "Order Placed" },
        errorCode: "NO_PERMISSIONS",
      },
    ]);
    const [message] = await lab.messages("billing");
    expect(message!.Body).toBe('{"number":1}');
    expect(Object.keys(message!.MessageAttributes ?? {})).toEqual(["evb-redrives"]);
    expect(await lab.bodies("audit")).toEqual([]);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("keeps the event to the byte where the rule sends it whole", async () => {
    await using lab = await openShop();
    const body = event("e1").replace('"n":1', '"n": 12345678901234567890, "ü": "\\u00fc"');
    await letter(lab, "e1", { body });
    expect((await lab.dlq(["redrive", "dlq", "--yes"])).code).toBe(0);
    expect(await lab.bodies("billing")).toEqual([body]);
  });

  it("takes the filters together and leaves the rest where it is", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    await letter(lab, "e2", { code: "THROTTLING" });
    await letter(lab, "e3", { target: "audit" });
    await letter(lab, "e4", { body: event("e4", "shop", { n: 4 }, "Order Cancelled") });
    const args = ["--error-code", "NO_PERMISSIONS", "--error-code", "TIMEOUT", "--target", "billing"];
    const { code, err } = await lab.dlq([
      ...["redrive", "dlq", "--yes", "--rule", "bill", "--source", "shop", "--detail-type", "Order Placed"],
      ...args,
      ...["--pattern", '{"detail":{"n":[{"numeric":["<",3]}]}}'],
    ]);
    expect(code, err).toBe(0);
    expect(err).toContain("1 message redriven, of queue dlq, account 000000000000, us-east-1");
    expect((await lab.bodies("billing")).map((body) => JSON.parse(body).id)).toEqual(["e1"]);
    expect((await lab.bodies("dlq")).map((body) => JSON.parse(body).id).sort()).toEqual(["e2", "e3", "e4"]);
  });

  it("says which rule or target has gone, leaves the message, and ends with 3", async () => {
    await using lab = await openShop();
    await lab.send("dlq", event("e1"), failure("shop/gone", arnOf("billing")));
    await lab.send("dlq", event("e2"), failure("shop/bill", arnOf("elsewhere")));
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code).toBe(3);
    expect(lines().map(({ status, reason }) => [status, reason])).toEqual([
      ["skipped", "rule gone of bus shop does not exist any more"],
      ["skipped", `rule bill of bus shop has no target ${arnOf("elsewhere")} any more`],
    ]);
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
  });

  it("puts the event on an event bus that was the target", async () => {
    await using lab = await openShop();
    await lab.queue("seen");
    await lab.allow("seen");
    await lab.rule("other", "all", "shop", [{ Id: "seen", Arn: arnOf("seen") }]);
    const bus = "arn:aws:events:us-east-1:000000000000:event-bus/other";
    await lab.rule("shop", "bill", "shop", [
      { Id: "bus", Arn: bus, RoleArn: "arn:aws:iam::000000000000:role/r" },
    ]);
    await lab.send("dlq", event("e1"), failure("shop/bill", bus));
    const { code, lines, err } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code, err).toBe(0);
    expect(lines()[0]).toMatchObject({ status: "redriven", destination: bus });
    await expect.poll(() => lab.bodies("seen")).toHaveLength(1);
  });

  it("gives a FIFO target its group from the rule", async () => {
    await using lab = await openShop();
    await lab.queue("line.fifo", { ContentBasedDeduplication: "true" });
    await lab.rule("shop", "bill", "shop", [
      toTarget("line.fifo", "dlq", { SqsParameters: { MessageGroupId: "g1" } }),
    ]);
    const id = await lab.send("dlq", event("e1"), failure("shop/bill", arnOf("line.fifo")));
    const { code, err } = await lab.dlq(["redrive", "dlq", "--yes"]);
    expect(code, err).toBe(0);
    const [message] = await lab.messages("line.fifo");
    expect(message!.Attributes).toMatchObject({ MessageGroupId: "g1", MessageDeduplicationId: `evb-${id}` });
  });

  it("moves a message of a redrive policy to its source queue with all its attributes", async () => {
    await using lab = await openLab();
    await lab.queue("dlq");
    await lab.queue("work", {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 1 }),
    });
    await lab.send("work", "not even JSON", { colour: "blue" });
    await lab.messages("work");
    // The second receive is one too many.
    await lab.messages("work");
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "source", "--yes"]);
    expect(code, err).toBe(0);
    const [message] = await lab.messages("work");
    expect(message).toMatchObject({
      Body: "not even JSON",
      MessageAttributes: { colour: { StringValue: "blue" }, "evb-redrives": { StringValue: "1" } },
    });
  });
});

describe("redrive --to bus", () => {
  it("publishes again: every rule fires, source, type, time and detail stay", async () => {
    await using lab = await openShop();
    await lab.allow("billing");
    await lab.allow("audit");
    await letter(lab, "e1");
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("every rule that matches fires again");
    await expect.poll(() => lab.bodies("audit")).toHaveLength(1);
    const [body] = await lab.bodies("billing");
    const published = JSON.parse(body!);
    expect(published).toMatchObject({ source: "shop", time: "2026-01-02T03:04:05Z", detail: { n: 1 } });
    expect(published.id).not.toBe("e1");
  });

  it("refuses what AWS would refuse or lose: aws.* sources, no rule that matches, a bus that is missing", async () => {
    await using lab = await openShop();
    await letter(lab, "e1", { body: event("e1", "aws.ec2") });
    await letter(lab, "e2", { body: event("e2", "nobody") });
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--yes", "--json"]);
    expect(code).toBe(3);
    expect(lines().map(({ reason }) => reason)).toEqual([
      expect.stringContaining("only AWS services may send from a source that begins with aws."),
      "no enabled rule of bus shop matches it, so it would vanish",
    ]);
    const missing = await lab.dlq(["redrive", "dlq", "--to", "bus:nowhere", "--yes"]);
    expect(missing.code).toBe(4);
    expect(missing.err).toContain("event bus nowhere does not exist");
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
  });
});

describe("redrive --to queue", () => {
  it("moves the whole message", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    await lab.send("dlq", "of nobody's making");
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "queue:audit", "--yes"]);
    expect(code, err).toBe(0);
    const messages = await lab.messages("audit");
    expect(messages.map(({ Body }) => Body).sort()).toEqual(["of nobody's making", event("e1")].sort());
    const attributes = messages.find(({ Body }) => Body === event("e1"))!.MessageAttributes!;
    expect(attributes.ERROR_CODE!.StringValue).toBe("NO_PERMISSIONS");
  });

  it("warns where the destination's own dead letters come back into the queue", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    const policy = { deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 3 };
    await lab.queue("work", { RedrivePolicy: JSON.stringify(policy) });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "queue:work", "--dry-run"]);
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("warning: queue work has dlq as its own dead-letter queue: what its consumer"),
    ]);
  });

  it("does not go round in a circle", async () => {
    await using lab = await openShop();
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "queue:dlq", "--yes"]);
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      "evb: error: the messages would go round in a circle: dlq is source and destination",
    ]);
  });
});

describe("redrive asks and plans", () => {
  it("shows the very plan in a dry run, and leaves everything as it was", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    await letter(lab, "e2");
    await letter(lab, "e3", { target: "nowhere", code: "NO_RESOURCE" });
    const before = await lab.bodies("dlq");
    const dry = await lab.dlq(["redrive", "dlq", "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.out).toBe(
      `${[
        "COUNT  RULE  TARGET   ERROR           THEN     WHERE TO, OR WHY NOT",
        "2      bill  billing  NO_PERMISSIONS  planned  queue billing",
        `1      bill  nowhere  NO_RESOURCE     skipped  rule bill of bus shop has no target ${arnOf("nowhere")} any more`,
      ].join("\n")}\n`,
    );
    expect(dry.err).toContain(
      "2 messages of queue dlq, account 000000000000, us-east-1 would go to target, 1 would be skipped",
    );
    expect(await lab.counts("dlq")).toEqual({ visible: 3, hidden: 0 });
    expect(await lab.bodies("dlq")).toEqual(before);
    expect(await lab.bodies("billing")).toEqual([]);
    expect(() => journalOf(lab)).toThrow("ENOENT");
    const planned = (await lab.dlq(["redrive", "dlq", "--dry-run", "--json"])).lines();
    const done = (await lab.dlq(["redrive", "dlq", "--yes", "--json"])).lines();
    const byId = (lines: Record<string, unknown>[]) =>
      lines
        .map((line) =>
          JSON.stringify({ ...line, status: String(line.status).replace("redriven", "planned") }),
        )
        .sort();
    expect(byId(done)).toEqual(byId(planned));
  });

  it("does not repeat at length what a service answers to a look", async () => {
    await using lab = await openShop();
    await lab.send("dlq", "{}", { RequestID: "r", ErrorCode: "200", ErrorMessage: "boom" });
    const { lines } = await lab.dlq(["redrive", "dlq", "--dry-run", "--json"]);
    const { reason } = lines()[0] as { reason: string };
    expect(reason).toContain("the functions may not be looked at: ListFunctions: ");
    expect(reason.length).toBeLessThan(450);
  });

  it("says what it has not seen, as a run does", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    await letter(lab, "e2");
    const QueueUrl = `${lab.local.url}/000000000000/dlq`;
    await lab.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 60 }));
    const { err } = await lab.dlq(["redrive", "dlq", "--dry-run"]);
    expect(err).toContain("evb: 1 message in flight elsewhere: a consumer or another run holds them");
    await lab.dlq(["redrive", "dlq", "--yes"]);
    expect((await lab.dlq(["peek", "dlq"])).err).toMatch(/^evb: no message in queue dlq can be seen\n/);
  });

  it("lists the rules that would fire again", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    const { out } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--dry-run"]);
    expect(out).toContain("COUNT  RULE THAT WILL FIRE AGAIN\n1      bill");
  });

  it("does nothing unasked: a script must say --yes", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    const { code, err } = await lab.dlq(["redrive", "dlq"]);
    expect(code).toBe(2);
    expect(err).toBe(
      "evb: error: redrive asks before it begins, and nobody is there to answer\nhint: --yes answers the question\n",
    );
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
  });

  it.each([
    ["a queue that is not there", ["redrive", "nowhere", "--yes"], 4, "queue nowhere does not exist"],
    [
      "a name that is none",
      ["redrive", "no/queue", "--yes"],
      2,
      "QUEUE is no queue's name, URL or ARN: no/queue",
    ],
    [
      "another region",
      ["redrive", "arn:aws:sqs:eu-west-1:000000000000:dlq", "--yes"],
      2,
      "queue dlq is in eu-west-1, but the region is us-east-1",
    ],
    [
      "a destination that is none",
      ["redrive", "dlq", "--to", "moon"],
      2,
      "expected target, bus, bus:NAME, queue:NAME, source, or the ARN of",
    ],
    [
      "a broken pattern",
      ["redrive", "dlq", "--dry-run", "--pattern", '{"a":1}'],
      2,
      "--pattern:1:7: event pattern is not valid",
    ],
    [
      "a time that is none",
      ["redrive", "dlq", "--dry-run", "--since", "yesterday"],
      2,
      "--since: expected a time",
    ],
    [
      "times between which there is nothing",
      ["redrive", "dlq", "--dry-run", "--since", "1h", "--older-than", "2h"],
      2,
      "nothing can pass: --since is",
    ],
  ])("refuses %s", async (_, args, code, words) => {
    await using lab = await openShop();
    const outcome = await lab.dlq(args);
    expect([outcome.code, outcome.err]).toEqual([code, expect.stringContaining(words)]);
  });

  it("takes a queue by URL and by ARN", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    for (const queue of [arnOf("dlq"), `${lab.local.url}/000000000000/dlq`])
      expect((await lab.dlq(["redrive", queue, "--dry-run", "--json"])).lines()).toHaveLength(1);
  });
});

describe("the journal", () => {
  it("tells the story of a message in the order that loses nothing, for its owner's eyes only", async () => {
    await using lab = await openShop();
    const id = await letter(lab, "e1");
    await lab.dlq(["redrive", "dlq", "--yes"]);
    const entries = journalOf(lab);
    expect(entries.map(({ entry }) => entry)).toEqual([
      "began",
      "message",
      "sending",
      "acknowledged",
      "deleted",
      "ended",
    ]);
    expect(entries[1]).toMatchObject({ messageId: id, body: event("e1"), attributes: { RULE_ARN: {} } });
    const file = join(lab.home, "state/evb/redrive/000000000000-us-east-1-dlq.ndjson");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("is no file of another kind, and of no other queue or verb: such a file is left alone", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    const at = (name: string) => join(lab.home, name);
    await lab.dlq(["drain", "dlq", "--to", "d.ndjson", "--keep"]);
    await lab.dlq(["restore", "d.ndjson", "--to", "dlq", "--yes", "--journal", "restore.ndjson"]);
    await lab.queue("other");
    await lab.dlq(["redrive", "other", "--yes", "--journal", "other.ndjson"]);
    writeFileSync(at("notes.txt"), "call Ann\n");
    const foreign = ["d.ndjson", "restore.ndjson", "other.ndjson", "notes.txt"];
    for (const name of foreign) {
      const before = readFileSync(at(name), "utf8");
      for (const how of ["--dry-run", "--yes"]) {
        const { code, err } = await lab.dlq(["redrive", "dlq", how, "--journal", name]);
        expect([code, err]).toEqual([2, expect.stringMatching(`^evb: error: ${name} exists, and `)]);
      }
      expect(readFileSync(at(name), "utf8")).toBe(before);
    }
    const { err } = await lab.dlq(["redrive", "dlq", "--yes", "--journal", "restore.ndjson"]);
    expect(err).toContain(`it is the journal of a restore into ${arnOf("dlq")}, not of a redrive of`);
    expect(await lab.bodies("billing")).toEqual([]);
  });

  it("goes on behind what a crash has torn, and behind the zeros of a power cut", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    writeFileSync(join(lab.home, "j.ndjson"), `{"entry":"beg\n${"\0".repeat(100)}`);
    expect((await lab.dlq(["redrive", "dlq", "--yes", "--journal", "j.ndjson"])).code).toBe(0);
    expect((await lab.dlq(["redrive", "dlq", "--yes", "--journal", "j.ndjson"])).code).toBe(0);
  });

  it("that cannot be written ends the command before anything is sent", async () => {
    await using lab = await openShop();
    await letter(lab, "e1");
    const { code, err } = await lab.dlq(["redrive", "dlq", "--yes", "--journal", "/dev/full"]);
    expect([code, err]).toEqual([2, "evb: error: /dev/full cannot be written: the disk is full\n"]);
    writeFileSync(join(lab.home, "file"), "");
    const below = await lab.dlq(["redrive", "dlq", "--yes", "--journal", "file/j"]);
    expect([below.code, below.err]).toEqual([
      2,
      "evb: error: file/j cannot be written: its folder is a file\n",
    ]);
    const env = { ...lab.world().env, XDG_STATE_HOME: "/dev/null" };
    const state = await lab.dlq(["redrive", "dlq", "--yes"], { env });
    expect([state.code, state.err]).toEqual([2, expect.stringContaining("/dev/null/evb/redrive/")]);
    expect(await lab.bodies("billing")).toEqual([]);
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
  });
});

describe("guards", () => {
  it("skips a message that has been redriven too often", async () => {
    await using lab = await openShop();
    await lab.send("dlq", event("e1"), { ...failure("shop/bill", arnOf("billing")), "evb-redrives": "3" });
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect([code, lines()[0]!.reason]).toEqual([3, "it has been redriven 3 times already"]);
    expect((await lab.dlq(["redrive", "dlq", "--yes", "--max-redrives", "4"])).code).toBe(0);
  });

  it("does not send again what fails again while it runs", async () => {
    await using lab = await openShop();
    // Nothing may come into billing, so whatever goes to the bus is back in the queue at once.
    await letter(lab, "e1");
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--yes", "--json"]);
    const statuses = lines().map(({ status }) => status);
    expect(statuses.filter((status) => status === "redriven")).toHaveLength(1);
    // Whether the two copies are back while the run still looks is a matter of milliseconds.
    await expect.poll(() => lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
    expect(code).toBe(statuses.length === 1 ? 0 : 3);
  });

  it("sends a canary first, and stops when it comes back", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 5; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const args = ["redrive", "dlq", "--to", "bus", "--canary", "2", "--wait", "300ms", "--yes"];
    const { code, err } = await lab.dlq(args);
    expect(code).toBe(3);
    expect(err).toContain("came back");
    expect(err).toContain("messages sent first came back");
    expect(await lab.bodies("audit")).toHaveLength(0);
    expect((await lab.counts("dlq")).hidden).toBe(0);
  });

  it("goes on after a canary that has not come back", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 12; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--canary", "2", "--wait", "10ms", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("none of the 2 messages came back; going on");
    expect(await lab.bodies("billing")).toHaveLength(12);
  });

  it("counts only what it has sent as a canary, and what it has skipped once", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 6; n++)
      await lab.send("dlq", event(`old${n}`), failure("shop/gone", arnOf("billing")));
    for (let n = 0; n < 12; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const args = ["redrive", "dlq", "--canary", "2", "--max", "15", "--wait", "10ms", "--yes", "--json"];
    const { code, err, lines } = await lab.dlq(args);
    expect(err).toContain("none of the 2 messages came back; going on");
    expect([code, new Set(lines().map(({ messageId }) => messageId)).size, lines().length]).toEqual([
      3, 15, 15,
    ]);
    expect(err).toContain("9 messages redriven, 6 skipped");
    expect(await lab.counts("dlq")).toEqual({ visible: 9, hidden: 0 });
  });

  it("looks for the canary too where it is all that is sent, and stops when a part of it fails", async () => {
    await using lab = await openShop();
    await letter(lab, "e0");
    const all = await lab.dlq(["redrive", "dlq", "--canary", "1", "--max", "1", "--wait", "10ms", "--yes"]);
    expect([all.code, all.err]).toEqual([0, expect.stringContaining("none of the 1 message came back")]);
    for (let n = 1; n < 9; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    lab.local.faults.add({
      operation: "SendMessageBatch",
      kind: "fail-entries",
      entries: [0],
      code: "InvalidMessageContents",
      where: (input) => (input as { QueueUrl: string }).QueueUrl.endsWith("billing"),
    });
    const part = await lab.dlq(["redrive", "dlq", "--canary", "2", "--wait", "10ms", "--yes"]);
    expect([part.code, part.err]).toEqual([
      3,
      expect.stringContaining("stopped: the canary could not be sent"),
    ]);
    expect((await lab.counts("billing")).visible).toBe(2);
  });

  it("stops when a destination only fails", async () => {
    await using lab = await openShop();
    await lab.queue("tiny", { MaximumMessageSize: "1024" });
    const body = event("e", "shop", { pad: "x".repeat(2000) });
    for (let n = 0; n < 60; n++) await letter(lab, `e${n}`, { body });
    const { code, err } = await lab.dlq([
      "redrive",
      "dlq",
      "--to",
      "queue:tiny",
      "--yes",
      "--concurrency",
      "1",
    ]);
    expect(code).toBe(3);
    expect(err).toContain(`stopped: ${arnOf("tiny")} failed 20 times in a row`);
    expect(await lab.counts("dlq")).toEqual({ visible: 60, hidden: 0 });
  });

  it("makes fewer calls at a time while it is throttled, and says so", async () => {
    await using lab = await openShop();
    await lab.sendMany(
      "dlq",
      Array.from({ length: 200 }, (_, n) => event(`e${n}`)),
      failure("shop/bill", arnOf("billing")),
    );
    lab.local.faults.clear();
    lab.local.faults.add({ operation: "SendMessageBatch", kind: "throttle", nth: [1, 2, 9] });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("evb: 3 calls were throttled, so fewer were made at a time");
    expect((await lab.counts("billing")).visible).toBe(200);
  });

  it("keeps to --max, and in every second to --rate", async () => {
    await using lab = await openShop();
    const bodies = Array.from({ length: 60 }, (_, n) => event(`e${n}`));
    await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
    const times: number[] = [];
    lab.local.faults.add({
      operation: "SendMessageBatch",
      kind: "late",
      ms: 0,
      where: (input) => {
        for (const _ of (input as { Entries: [] }).Entries) times.push(performance.now());
        return false;
      },
    });
    const limits = ["--max", "45", "--rate", "20"];
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json", ...limits]);
    expect([code, lines().length, times.length]).toEqual([0, 45, 45]);
    for (const at of times)
      expect(times.filter((other) => other >= at && other < at + 990).length).toBeLessThanOrEqual(20);
    expect(await lab.counts("dlq")).toEqual({ visible: 15, hidden: 0 });
  });
});

describe("FIFO", () => {
  it("keeps the order within a group, and the ids", async () => {
    await using lab = await openLab();
    await lab.queue("line.fifo");
    await lab.queue("dlq.fifo");
    for (let n = 0; n < 24; n++)
      await lab.send(
        "dlq.fifo",
        `m${n}`,
        {},
        { MessageGroupId: `g${n % 3}`, MessageDeduplicationId: `d${n}` },
      );
    const { code, err } = await lab.dlq(["redrive", "dlq.fifo", "--to", "queue:line.fifo", "--yes"]);
    expect(code, err).toBe(0);
    const messages = await lab.empty("line.fifo");
    for (let group = 0; group < 3; group++) {
      const ours = messages.filter(({ Attributes }) => Attributes!.MessageGroupId === `g${group}`);
      expect(ours.map(({ Body }) => Body)).toEqual(Array.from({ length: 8 }, (_, i) => `m${i * 3 + group}`));
    }
  });
});

describe("Ctrl-C", () => {
  it("finishes what is in flight, gives back the rest, and prints the command that goes on", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 40; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const argv = ["dlq", "redrive", "dlq", "--yes", "--rate", "20", "--detail-type", "Order Placed"];
    const world = makeWorld(argv, lab.world());
    const running = runIn(world);
    await expect
      .poll(async () => (await lab.counts("billing")).visible, { timeout: 5000 })
      .toBeGreaterThan(0);
    world.signal();
    const { code, err } = await running;
    expect(code).toBe(130);
    expect(err).toContain("interrupted: ");
    expect(err).toContain("to go on: evb dlq redrive dlq --yes --rate 20 --detail-type 'Order Placed'");
    const [billing, dlq] = [await lab.counts("billing"), await lab.counts("dlq")];
    expect(dlq.hidden).toBe(0);
    expect(billing.visible + dlq.visible).toBe(40);
    expect((await lab.dlq(argv.slice(1).filter((word) => word !== "--rate" && word !== "20"))).code).toBe(0);
    expect(new Set((await lab.bodies("billing")).map((body) => JSON.parse(body).id)).size).toBe(40);
    expect(await lab.bodies("billing")).toHaveLength(40);
  });
});
