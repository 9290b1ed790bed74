import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { event, failure, type Lab } from "../commands/dlq/lab.ts";
import { doubtful, failEveryCall, faultKinds, hasty, twice } from "./every-call.ts";

const ids = Array.from({ length: 11 }, (_, n) => `e${n}`);
const bodies = ids.map((id) => event(id));

async function fill(lab: Lab): Promise<void> {
  await lab.queue("dlq");
  await lab.sendMany("dlq", bodies, failure("shop/bill", "arn:aws:sqs:us-east-1:000000000000:billing"));
}

// The SDK's own retries would hide the faults from us.
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = "1";
});

const drain = (lab: Lab) =>
  lab.dlq(["drain", "dlq", "--to", "drained.ndjson", "--yes", "--json", "--concurrency", "1"], {
    clock: hasty,
  });

describe("one call of a drain", () => {
  it.each(faultKinds)("%s: every message is in the file, once, and nowhere else", async (_, kind) => {
    const calls = await failEveryCall(kind, fill, drain, async ({ lab, broken, again, told }) => {
      expect([0, 3, 4], told).toContain(broken.code);
      expect(again.code, told).toBe(0);
      expect(await lab.counts("dlq"), told).toEqual({ visible: 0, hidden: 0 });
      const lines = readFileSync(join(lab.home, "drained.ndjson"), "utf8").trim().split("\n");
      const drained = lines.map((line) => JSON.parse(JSON.parse(line).body).id);
      expect(drained.sort(), told).toEqual([...ids].sort());
    });
    expect(calls).toBeGreaterThan(6);
  });
});

describe("one call of a restore", () => {
  it.each(faultKinds)(
    "%s: every message is in the queue; twice only where that was said",
    async (_, kind) => {
      const prepare = async (lab: Lab) => {
        await fill(lab);
        await drain(lab);
      };
      const restore = (lab: Lab) =>
        lab.dlq(["restore", "drained.ndjson", "--to", "dlq", "--yes", "--json"], { clock: hasty });
      const calls = await failEveryCall(kind, prepare, restore, async ({ lab, broken, again, told }) => {
        expect([0, 3, 4], told).toContain(broken.code);
        expect(again.code, told).toBe(0);
        const there = (await lab.bodies("dlq")).map((body) => JSON.parse(body).id);
        expect([...new Set(there)].sort(), told).toEqual([...ids].sort());
        const said = new Set([...doubtful(broken), ...doubtful(again)]);
        for (const id of twice(there)) expect(said, told).toContain(id);
      });
      expect(calls).toBeGreaterThan(3);
    },
  );
});
