import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { arnOf } from "./lab.ts";
import { journalOf, letter, openShop } from "./shop.ts";

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
