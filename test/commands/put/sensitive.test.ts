import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, ndjson, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

const card = "4111111111111111";
const mail = "ana@example.com";

describe("evb put --check-sensitive", () => {
  it("refuses, says path and kind, and never the value", async () => {
    lab.write(
      "events.ndjson",
      ndjson(3, (n) => (n === 1 ? { pay: { card }, to: [mail] } : { n })),
    );
    const { code, out, err } = await lab.put(["events.ndjson", "-b", "orders", "--check-sensitive"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(
      "events.ndjson:2: detail.pay.card looks like a card number; detail.to[0] looks like an e-mail address",
    );
    expect(err).not.toContain(card);
    expect(err).not.toContain(mail);
    expect(lab.received).toEqual([]);
  });

  it("warns once for each place in each kind of event, and sends", async () => {
    lab.write(
      "mails.ndjson",
      ndjson(30, () => ({ to: [mail, mail] })),
    );
    const argv = ["mails.ndjson", "-b", "orders", "--check-sensitive", "warn"];
    const { code, err } = await lab.put(argv);
    expect(code).toBe(0);
    expect(err.match(/warning: .*/g)).toEqual([
      "warning: mails.ndjson:1: detail.to[0] looks like an e-mail address (said once for all T of shop)",
    ]);
    expect(lab.received).toHaveLength(30);
  });

  it("wants warn or refuse", async () => {
    const { code, err } = await lab.put(["--check-sensitive", "mails.ndjson"]);
    expect([code, err]).toEqual([2, expect.stringContaining("write templates before it")]);
  });
});
