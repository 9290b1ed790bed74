import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeWorld, runIn } from "../../world.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

const mend = {
  $mergeDeep: [{ $eval: "event" }, { detail: { currency: "EUR", why: { $eval: "deadLetter.errorCode" } } }],
};

async function openFilled(template: unknown, bodies = [event("e1"), event("e2", "web")]): Promise<Lab> {
  const lab = await openLab();
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing"), "INVALID_JSON"));
  const text = typeof template === "string" ? template : JSON.stringify(template, undefined, 2);
  writeFileSync(join(lab.home, "mend.json"), text);
  return lab;
}

const redrive = ["redrive", "dlq", "--transform", "mend.json"];

describe("redrive --transform", () => {
  it("changes each event on the way, and keeps what the template leaves alone", async () => {
    await using lab = await openFilled(mend);
    const { code, err } = await lab.dlq([...redrive, "--yes"]);
    expect(code, err).toBe(0);
    const [first] = (await lab.bodies("billing"))
      .map((body) => JSON.parse(body))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(first).toEqual({
      ...JSON.parse(event("e1")),
      detail: { n: 1, currency: "EUR", why: "INVALID_JSON" },
    });
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("keeps the message as it was in the journal, so that restore brings that one back", async () => {
    await using lab = await openFilled(mend, [event("e1")]);
    await lab.dlq([...redrive, "--yes", "--journal", "j.ndjson"]);
    expect(readFileSync(join(lab.home, "j.ndjson"), "utf8")).not.toContain("EUR");
    await lab.dlq(["restore", "j.ndjson", "--to", "dlq", "--yes"]);
    expect(await lab.bodies("dlq")).toEqual([event("e1")]);
  });

  it("shows in a dry run what would change, and changes nothing", async () => {
    await using lab = await openFilled(mend);
    const { code, out } = await lab.dlq([...redrive, "--dry-run"]);
    expect(code).toBe(0);
    expect(out).toContain(`would be changed:
     "resources": [],
     "detail": {
  -    "n": 1
  +    "n": 1,
  +    "currency": "EUR",
  +    "why": "INVALID_JSON"
     }
   }
`);
    expect((await lab.bodies("dlq")).sort()).toEqual([event("e1"), event("e2", "web")].sort());
    const { lines } = await lab.dlq([...redrive, "--dry-run", "--json"]);
    expect(lines()[0]).toMatchObject({ status: "planned", changed: { detail: { currency: "EUR" } } });
  });

  it("goes to a bus and to a queue changed as well", async () => {
    await using lab = await openFilled(mend, [event("e1")]);
    const bus = await lab.dlq([...redrive, "--to", "bus", "--yes"]);
    expect(bus.code, bus.err).toBe(0);
    await lab.send("dlq", event("e3"));
    await lab.queue("aside");
    await lab.dlq([...redrive, "--to", "queue:aside", "--yes"]);
    expect(JSON.parse((await lab.bodies("aside"))[0]!).detail).toEqual({ n: 1, currency: "EUR", why: null });
  });

  it("sends nothing at all when it gives no valid event of one message", async () => {
    const onlyShop =
      '{"$if": "event.source == \'shop\'", "then": {"$eval": "event"}, "else": {"detail": "none"}}';
    await using lab = await openFilled(onlyShop);
    for (const more of [["--yes"], ["--dry-run"]]) {
      const { code, err } = await lab.dlq([...redrive, ...more]);
      expect(code).toBe(2);
      expect(err).toMatch(
        /evb: error: mend.json cannot change 1 message, and nothing was sent; message [-\w]+: mend.json gives no valid event: source must be a text, found nothing/,
      );
    }
    expect(await lab.bodies("billing")).toEqual([]);
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
    const some = await lab.dlq([...redrive, "--yes", "--source", "shop"]);
    expect(some.code, some.err).toBe(0);
  });

  it.each([
    [
      "a name that there is not",
      '{\n  "detail": {"$eval": "evnt.detail"}\n}',
      "mend.json:2:24: detail: unknown name evnt",
    ],
    ["no JSON", '{\n  "detail": \n}', "mend.json:3:1: no valid JSON"],
    [
      "a variable without a value",
      '{"$template": {"variables": {"tier": {}}}, "detail": {}}',
      "the variable tier has no default",
    ],
  ])("refuses %s, with its place, before anything is sent", async (_, template, words) => {
    await using lab = await openFilled(template);
    const { code, err } = await lab.dlq([...redrive, "--yes"]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(await lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
  });

  it("does not round an integer that JSON templates cannot hold", async () => {
    const big = event("e1").replace('"n":1', '"n":9007199254740993');
    await using lab = await openFilled(mend, [big]);
    const { code, err } = await lab.dlq([...redrive, "--yes"]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("it holds an integer that a template would round"),
    ]);
  });

  it("shows the diff before it asks", async () => {
    await using lab = await openFilled(mend, [event("e1")]);
    const keys = async function* () {
      await expect.poll(() => world.err(), { timeout: 5000 }).toContain("redrive 1 message of queue dlq");
      expect(world.out()).toContain('+    "currency": "EUR"');
      yield "y\r";
    };
    const world = makeWorld(["dlq", ...redrive], { ...lab.world(), tty: true, stdin: keys() });
    const { code, err } = await runIn(world);
    expect(code, err).toBe(0);
    expect(JSON.parse((await lab.bodies("billing"))[0]!).detail.currency).toBe("EUR");
  });
});
