import { afterEach, describe, expect, it } from "vitest";
import { openEvbLocal, type Running } from "./lab.ts";

const order = ["put", "order-placed", "-b", "orders", "--var", "orderId=A-1"] as const;
const running: Running[] = [];
async function open(...argv: readonly string[]): Promise<Running> {
  const local = await openEvbLocal(...argv);
  running.push(local);
  return local;
}
afterEach(async () => {
  for (const local of running.splice(0)) await local.stop();
});

describe("evb local", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("says where it listens, serves, and ends at %s", async (signal, code) => {
    const local = await open("--from", "order-processing");
    expect(local.world.err()).toContain("evb: 1 bus, 3 rules, 4 queues from order-processing\n");
    expect(await local.evb(...order)).toMatchObject({ code: 0 });
    const ended = await local.stop(signal);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain("evb: the emulator has stopped\n");
    await expect(fetch(local.url)).rejects.toThrow();
  });

  it("delivers to a queue that lets nobody in with --lenient only", async () => {
    const strict = await open("--from", "demo", "--deliveries");
    await strict.evb(...order);
    await strict.told("evb: delivery: orders/orders-to-fulfilment -> fulfilment: delivered (event ");
    await strict.told("evb: delivery: orders/orders-to-billing -> billing: dead-lettered, NO_RESOURCE: ");
    const lenient = await open("--from", "demo", "--deliveries", "--lenient");
    await lenient.evb(...order);
    await lenient.told("evb: delivery: orders/orders-to-billing -> billing: delivered (event ");
  });

  it("tells of no delivery unless it is asked to", async () => {
    const local = await open("--from", "order-processing");
    await local.evb(...order);
    expect((await local.stop()).err).not.toContain("delivery:");
  });

  it("refuses events for a missing bus when it is told to; else it forgets them as AWS does", async () => {
    const put = [
      "put",
      "-b",
      "gone",
      "--source",
      "s",
      "--detail-type",
      "t",
      "--detail",
      "{}",
      "--no-check",
      "--json",
    ];
    const silent = await open();
    expect((await silent.evb(...put)).lines()).toMatchObject([{ status: "published" }]);
    const strict = await open("--refuse-missing-bus");
    const refused = await strict.evb(...put);
    expect(refused.code).not.toBe(0);
    expect(refused.lines()).toMatchObject([{ status: "failed" }]);
  });

  it("lets a delay of a quarter of an hour pass in a moment with --time-scale", async () => {
    const local = await open("--from", "saga", "--time-scale", "3600");
    await local.evb("put", "payment-failed", "-b", "purchase", "--var", "orderId=A-1");
    let peek = "";
    for (let tries = 0; tries < 100 && !peek.includes("A-1"); tries++)
      peek = (await local.evb("dlq", "peek", "payment-retries", "--json")).out;
    expect(peek).toContain("Charge");
  });

  it("fails calls with --fault, but not those that bring in the file", async () => {
    const local = await open("--from", "order-processing", "--fault", "*=error:AccessDeniedException");
    const refused = await local.evb(...order, "--no-check");
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain("PutEvents: An error made on purpose.");
  });

  it("sends again what is throttled on purpose", async () => {
    const local = await open("--from", "order-processing", "--fault", "PutEvents@1=throttle");
    expect((await local.evb(...order, "--json")).lines()).toMatchObject([
      { status: "published", attempts: 2 },
    ]);
  });
});
