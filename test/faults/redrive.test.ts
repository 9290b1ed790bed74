import { beforeAll, describe, expect, it } from "vitest";
import { arnOf, event, failure, type Lab } from "../commands/dlq/lab.ts";
import { doubtful, failEveryCall, faultKinds, hasty, type Trial, twice } from "./every-call.ts";

const ids = Array.from({ length: 11 }, (_, n) => `e${n}`);
const bodies = ids.map((id, n) => event(id, "shop", { n }));

async function fill(lab: Lab): Promise<void> {
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.allow("billing");
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
}

async function fillFifo(lab: Lab): Promise<void> {
  for (const queue of ["billing.fifo", "dlq.fifo"]) await lab.queue(queue);
  await lab.sendMany("dlq.fifo", bodies);
}

/** Everything is where it belongs, once; twice only where one of the runs has said so. Returns what is there twice. */
async function expectArrived(
  { lab, broken, again, told }: Trial,
  from: string,
  to: string,
): Promise<string[]> {
  expect([0, 3, 4], told).toContain(broken.code);
  expect(again.code, told).toBe(0);
  expect(await lab.counts(from), told).toEqual({ visible: 0, hidden: 0 });
  // On a bus an event gets a new id, so it is known by its number.
  const arrived = (await lab.empty(to)).map(({ Body }) => `e${JSON.parse(Body!).detail.n}`);
  expect([...new Set(arrived)].sort(), told).toEqual([...ids].sort());
  const said = new Set([...doubtful(broken), ...doubtful(again)]);
  for (const id of twice(arrived)) expect(said, `${id} is there twice unannounced; ${told}`).toContain(id);
  return twice(arrived);
}

// The SDK's own retries would hide the faults from us.
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = "1";
});

const redrive =
  (...args: string[]) =>
  (lab: Lab) =>
    lab.dlq(["redrive", ...args, "--yes", "--json", "--concurrency", "1"], { clock: hasty });

describe("one call of a redrive", () => {
  it.each(faultKinds)("%s: nothing is lost, and nothing is there twice unannounced", async (_, kind) => {
    const doubles: string[] = [];
    const calls = await failEveryCall(kind, fill, redrive("dlq"), async (trial) => {
      doubles.push(...(await expectArrived(trial, "dlq", "billing")));
    });
    expect(calls).toBeGreaterThan(8);
    // Where the answer to a send is lost there is no way round it; everywhere else there is.
    expect(doubles.length > 0).toBe(kind.kind === "lose-answer");
  });

  it("loses its answer on the way to a bus", async () => {
    const calls = await failEveryCall(
      { kind: "lose-answer" },
      fill,
      redrive("dlq", "--to", "bus"),
      async (trial) => {
        await expectArrived(trial, "dlq", "billing");
      },
    );
    expect(calls).toBeGreaterThan(8);
  });

  it("loses its answer on the way to a FIFO queue: nothing is lost, and nothing is there twice unannounced", async () => {
    const to = redrive("dlq.fifo", "--to", "queue:billing.fifo");
    await failEveryCall({ kind: "lose-answer" }, fillFifo, to, async (trial) => {
      // The next try comes an hour later, when the queue has forgotten what it was sent.
      await expectArrived(trial, "dlq.fifo", "billing.fifo");
    });
  });

  it("loses its answer, and --in-doubt hold leaves the messages where they are", async () => {
    const hold = redrive("dlq", "--in-doubt", "hold");
    let held = 0;
    await failEveryCall({ kind: "lose-answer" }, fill, hold, async ({ lab, again, told }) => {
      const left = (await lab.counts("dlq")).visible;
      const arrived = (await lab.bodies("billing")).map((body) => JSON.parse(body).id);
      expect(twice(arrived), told).toEqual([]);
      expect(arrived.length, told).toBe(ids.length);
      expect(again.code, told).toBe(left === 0 ? 0 : 3);
      held += left;
    });
    expect(held).toBeGreaterThan(0);
  });
});
