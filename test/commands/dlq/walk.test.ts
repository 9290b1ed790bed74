import { describe, expect, it } from "vitest";
import { down, enter, type Turn, talk } from "../../talk.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

async function openFilled(): Promise<Lab> {
  const lab = await openLab();
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  const detail = (tier: string) => ({ customer: { tier } });
  const bodies = ["e1", "e2", "e3"].map((id) => event(id, "shop", detail("gold")));
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
  await lab.sendMany(
    "dlq",
    [event("e4", "shop", detail("silver"))],
    failure("shop/bill", arnOf("billing"), "TIMEOUT"),
  );
  await lab.send("dlq", "no JSON at all");
  return lab;
}

const walk = (lab: Lab, args: readonly string[], turns: readonly Turn[]) =>
  talk(["dlq", ...args], turns, lab.world());

const arrived = async (lab: Lab) => (await lab.bodies("billing")).map((body) => JSON.parse(body).id).sort();

describe("evb dlq peek at a terminal", () => {
  it("walks from the groups to a message in full and to a redrive of exactly that group", async () => {
    await using lab = await openFilled();
    const { code, out, err } = await walk(
      lab,
      ["peek", "dlq"],
      [
        ["look into a group (error-code, rule, target)", enter],
        ["look at a message", enter],
        ["back to the messages", enter],
        ["look at a message", down + down + down + enter],
        ["redrive 3 messages of queue dlq", `y${enter}`],
      ],
    );
    expect(code, err).toBe(0);
    expect(out).toContain('        "tier": "gold"\n');
    expect(out).toContain(
      "the policy of queue billing must let events.amazonaws.com do sqs:SendMessage where aws:SourceArn is arn:aws:events:us-east-1:000000000000:rule/shop/bill",
    );
    expect(err).toContain(
      `evb: the command that does the same: evb dlq redrive dlq --error-code NO_PERMISSIONS --rule arn:aws:events:us-east-1:000000000000:rule/shop/bill --target ${arnOf("billing")}`,
    );
    expect(err).toContain("evb: 3 messages redriven");
    expect(await arrived(lab)).toEqual(["e1", "e2", "e3"]);
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
  });

  it("names a group by a path as an event pattern, and leaves everything when the answer is no", async () => {
    await using lab = await openFilled();
    const { code, err } = await walk(
      lab,
      ["peek", "dlq", "--group-by", "detail.customer.tier"],
      [
        ["look into a group (detail.customer.tier)", enter],
        ["look at a message", down + down + down + enter],
        ["redrive 3 messages of queue dlq", enter],
      ],
    );
    expect(code, err).toBe(0);
    expect(err).toContain(`evb dlq redrive dlq --pattern '{"detail":{"customer":{"tier":["gold"]}}}'`);
    expect(err).toContain("evb: nothing was sent");
    expect(await lab.counts("dlq")).toEqual({ visible: 5, hidden: 0 });
  });

  it("names a group that no filter says by the ids of its messages", async () => {
    await using lab = await openFilled();
    const { code, err } = await walk(
      lab,
      ["peek", "dlq"],
      [
        ["look into a group", down + down + enter],
        ["look at a message", down + enter],
      ],
    );
    expect(code, err).toBe(3);
    expect(err).toMatch(/evb dlq redrive dlq --message-id [-0-9a-f]{36}\n/);
    expect(await lab.counts("dlq")).toEqual({ visible: 5, hidden: 0 });
  });

  it("takes no message along whose value only lies inside an array", async () => {
    await using lab = await openFilled();
    const inArray = event("e5", "shop", { customer: [{ tier: "gold" }] });
    await lab.sendMany("dlq", [inArray], failure("shop/bill", arnOf("billing")));
    const { code, err } = await walk(
      lab,
      ["peek", "dlq", "--group-by", "detail.customer.tier"],
      [
        ["look into a group", enter],
        ["look at a message", down + down + down + enter],
        ["redrive 3 messages of queue dlq", `y${enter}`],
      ],
    );
    expect(code, err).toBe(0);
    expect(await arrived(lab)).toEqual(["e1", "e2", "e3"]);
  });

  it("redrives one message alone", async () => {
    await using lab = await openFilled();
    const { code, err } = await walk(
      lab,
      ["peek", "dlq", "--error-code", "NO_PERMISSIONS"],
      [
        ["look into a group", enter],
        ["look at a message", enter],
        ["redrive only this message", down + enter],
        ["redrive 1 message of queue dlq", `y${enter}`],
      ],
    );
    expect(code, err).toBe(0);
    expect(await arrived(lab)).toHaveLength(1);
    expect(await lab.counts("dlq")).toEqual({ visible: 4, hidden: 0 });
  });

  it("ends with 130 at Ctrl-C, with nothing held", async () => {
    await using lab = await openFilled();
    const { code } = await walk(lab, ["peek", "dlq"], [["look into a group", "\x03"]]);
    expect(code).toBe(130);
    expect(await lab.counts("dlq")).toEqual({ visible: 5, hidden: 0 });
  });

  it("only prints with --no-input", async () => {
    await using lab = await openFilled();
    const { code, out, err } = await walk(lab, ["peek", "dlq", "--no-input"], []);
    expect([code, err]).toEqual([0, expect.not.stringContaining("look into")]);
    expect(out).toContain("no JSON at all");
  });
});

describe("evb dlq peek", () => {
  it("groups by any path, values as they are in the event", async () => {
    await using lab = await openFilled();
    const { lines } = await lab.dlq([
      "peek",
      "dlq",
      "--json",
      "--group-by",
      "detail.customer.tier,error-code",
    ]);
    expect(lines().map((line) => [line["detail.customer.tier"], line.errorCode, line.count])).toEqual([
      ["gold", "NO_PERMISSIONS", 3],
      ["silver", "TIMEOUT", 1],
      [null, null, 1],
    ]);
    const broken = await lab.dlq(["peek", "dlq", "--group-by", "detail..tier"]);
    expect([broken.code, broken.err]).toEqual([2, expect.stringContaining("is broken at character 7")]);
  });

  it("shows a message in full: its body over lines, all its attributes", async () => {
    await using lab = await openFilled();
    await lab.send("dlq", event("e9"), {
      tenant: "t1",
      ...failure("shop/bill", arnOf("billing"), "TIMEOUT"),
    });
    const { out } = await lab.dlq(["peek", "dlq", "--full", "--pattern", '{"id":["e9"]}']);
    expect(out).toMatch(/ {2}event time {5}2026-01-02T03:04:05Z\n/);
    expect(out).toMatch(/ {2}tenant {9}t1\n/);
    expect(out).toMatch(/ {2}means {10}the target did not answer in time\n/);
    expect(out).toContain('    {\n      "version": "0",\n      "id": "e9",\n');
  });
});
