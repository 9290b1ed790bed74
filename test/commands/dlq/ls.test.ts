import { expect, it } from "vitest";
import { arnOf, event, openLab } from "./lab.ts";

const target = (id: string, dlq?: string) => ({
  Id: id,
  Arn: arnOf(id),
  ...(dlq && { DeadLetterConfig: { Arn: arnOf(dlq) } }),
});

it("lists targets with and without dead-letter queues, the fullest first", async () => {
  await using lab = await openLab();
  for (const queue of ["billing", "audit", "dlq", "empty-dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [target("billing", "dlq"), target("audit")]);
  await lab.rule("shop", "ship", "shop", [target("billing", "empty-dlq")]);
  await lab.send("dlq", event("e1"));
  await lab.send("dlq", event("e2"));
  const { code, out, err } = await lab.dlq(["ls", "-b", "shop"]);
  expect(code).toBe(0);
  const rows = out.split("\n").map((line) => line.split(/ {2,}/));
  expect(rows[0]).toEqual([
    "RULE",
    "TARGET",
    "DEAD-LETTER QUEUE",
    "MESSAGES",
    "IN FLIGHT",
    "OLDEST",
    "KEPT FOR",
  ]);
  expect(rows[1]).toEqual([
    "bill",
    "billing",
    "dlq",
    "2",
    "0",
    expect.stringMatching(/^\d+(ms|s)$/),
    expect.stringMatching(/^(4d|3d 23h)$/),
  ]);
  expect(rows[2]).toEqual(["ship", "billing", "empty-dlq", "0", "0", "-", "-"]);
  expect(rows[3]).toEqual(["bill", "audit", "none", "-", "-", "-", "-"]);
  expect(err).toContain(
    "3 targets on bus shop, 1 without a dead-letter queue: what these fail to take is lost",
  );
  expect(err).toContain("hint: evb dlq peek dlq");
  expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
});

it("says it as JSON, one target a line, with the ages as numbers", async () => {
  await using lab = await openLab();
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [target("billing", "dlq"), target("audit", "gone")]);
  await lab.send("dlq", event("e1"));
  const { lines } = await lab.dlq(["ls", "-b", "shop", "--json"]);
  const [first, second] = lines().sort((a, b) => String(b.status).localeCompare(String(a.status)));
  expect(first).toEqual({
    bus: "shop",
    rule: "bill",
    targetId: "billing",
    targetArn: arnOf("billing"),
    deadLetterArn: arnOf("dlq"),
    status: "ok",
    queueUrl: `${lab.local.url}/000000000000/dlq`,
    depth: 1,
    inFlight: 0,
    delayed: 0,
    oldestAgeSeconds: expect.any(Number),
    oldestIsExact: true,
    retentionSeconds: 345600,
    retentionLeftSeconds: expect.any(Number),
  });
  expect(second).toMatchObject({ targetId: "audit", status: "missing", reason: "does not exist" });
});

it("shows a queue that may not be read as such, and goes on", async () => {
  await using lab = await openLab();
  for (const queue of ["billing", "dlq", "secret"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [target("billing", "dlq"), target("audit", "secret")]);
  const where = (input: object) => (input as { QueueUrl?: string }).QueueUrl?.endsWith("/secret") === true;
  const code = "AccessDeniedException";
  lab.local.faults.add({
    operation: "GetQueueAttributes",
    kind: "error",
    status: 403,
    code,
    message: "no",
    where,
  });
  const { lines } = await lab.dlq(["ls", "-b", "shop", "--json"]);
  expect(
    lines()
      .map(({ status, reason }) => [status, reason])
      .sort(),
  ).toEqual([
    ["denied", "GetQueueAttributes: no"],
    ["ok", undefined],
  ]);
});

it("goes through all pages of all buses", async () => {
  await using lab = await openLab();
  await lab.queue("billing");
  await lab.rule("shop", "r", "shop", [target("billing")]);
  for (let n = 0; n < 105; n++) await lab.rule("default", `rule-${n}`, "shop", [target("billing")]);
  const { lines, err } = await lab.dlq(["ls", "--all", "--json"]);
  expect(lines()).toHaveLength(106);
  expect(err).toContain("106 targets on 2 buses");
});

it("goes on past a bus that may not be looked into", async () => {
  await using lab = await openLab();
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("closed", "r", "shop", [target("billing", "dlq")]);
  await lab.rule("shop", "bill", "shop", [target("billing", "dlq")]);
  lab.local.faults.add({
    operation: "ListRules",
    kind: "error",
    status: 400,
    code: "AccessDeniedException",
    message: "no",
    where: (input) => (input as { EventBusName?: string }).EventBusName === "closed",
  });
  const { code, lines, err } = await lab.dlq(["ls", "--all", "--json"]);
  expect(code, err).toBe(0);
  expect(lines().map(({ bus, rule, status, reason }) => [bus, rule, status, reason])).toEqual([
    ["closed", undefined, "denied", "ListRules: no"],
    ["shop", "bill", "ok", undefined],
  ]);
  expect(err).toBe("evb: 2 targets on 3 buses\nevb: 1 of them may not be looked at\n");
  expect((await lab.dlq(["ls", "-b", "closed"])).code).toBe(4);
});

it("leaves receive counts alone where it is told to", async () => {
  await using lab = await openLab();
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [target("billing", "dlq")]);
  await lab.send("dlq", event("e1"));
  const { lines } = await lab.dlq(["ls", "-b", "shop", "--json", "--no-age"]);
  expect(lines()[0]).not.toHaveProperty("oldestAgeSeconds");
  expect(lab.local.faults.calls("ReceiveMessage")).toBe(0);
});

it("refuses a bus that is not there, and one of the newer kind", async () => {
  await using lab = await openLab();
  const missing = await lab.dlq(["ls", "-b", "nowhere"]);
  expect([missing.code, missing.err]).toEqual([
    4,
    expect.stringContaining("event bus nowhere does not exist"),
  ]);
  const newer = await lab.dlq(["ls", "-b", "arn:aws:events:us-east-1:000000000000:event-busv2/x/abc"]);
  expect(newer.code).toBe(2);
});
