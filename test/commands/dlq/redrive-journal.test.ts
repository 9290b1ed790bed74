import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeWorld, runIn } from "../../world.ts";
import { arnOf, event } from "./lab.ts";
import { journalOf, letter, openShop } from "./shop.ts";

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
