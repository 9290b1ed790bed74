import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
beforeEach(() => {
  lab.received.length = 0;
  lab.fault = () => undefined;
});
afterAll(() => lab[Symbol.asyncDispose]());

const template = (detail: object, type: string) => ({ source: "shop", "detail-type": type, detail });
const order = template({ id: "${uuid()}", customer: "${customer}" }, "Order");
const paid = template(
  { order: "${order}", cause: "${cause}", amount: { $eval: "amount" }, customer: "${customer}" },
  "Paid",
);
const scenario = (more: object = {}) =>
  JSON.stringify({
    $template: { variables: { customer: { default: "${uuid()}" } } },
    steps: [
      { name: "order", event: order, capture: { order: "detail.id", cause: "id" }, ...more },
      { template: "./paid.json", vars: { amount: { $eval: "2 * 4" } }, delay: "50ms" },
      { event: template({ n: { $eval: "index" }, cause: "${cause}" }, "Item"), count: 3 },
    ],
  });

describe("a scenario", () => {
  it("sends its steps in order, each with what the ones before it made", async () => {
    lab.write("paid.json", JSON.stringify(paid));
    lab.write("scenario.json", scenario());
    const { code, err, lines } = await lab.put(["scenario.json", "-b", "orders", "--json"]);
    expect([code, err]).toEqual([0, expect.stringContaining("published 5 on orders")]);
    expect(lines().map(({ index, detailType }) => [index, detailType])).toEqual([
      [0, "Order"],
      [1, "Paid"],
      [2, "Item"],
      [3, "Item"],
      [4, "Item"],
    ]);
    const [first, second, ...items] = lab.received as { id: string; detail: Record<string, unknown> }[];
    expect(second!.detail).toEqual({
      order: first!.detail.id,
      cause: first!.id,
      amount: 8,
      customer: first!.detail.customer,
    });
    expect(items.map(({ detail }) => detail)).toEqual([0, 1, 2].map((n) => ({ n, cause: first!.id })));
    expect(lab.calls.slice(-3).map((call) => call.length)).toEqual([1, 1, 3]);
  });

  it("is repeated whole by --count, each pass with values of its own", async () => {
    lab.write("scenario.json", scenario());
    expect(
      (await lab.put(["scenario.json", "-b", "orders", "--count", "2", "--var", "customer=c"])).code,
    ).toBe(0);
    expect(lab.received.map((event) => event["detail-type"])).toEqual([
      "Order",
      "Paid",
      "Item",
      "Item",
      "Item",
      "Order",
      "Paid",
      "Item",
      "Item",
      "Item",
    ]);
    const [first, , , , , again] = lab.received as { detail: Record<string, unknown> }[];
    expect(first!.detail.id).not.toBe(again!.detail.id);
    expect(again!.detail.customer).toBe("c");
  });

  it("stops where a step was not published, and sends nothing after it", async () => {
    lab.write("scenario.json", scenario());
    lab.fault = ({ entries }) =>
      entries[0]?.DetailType === "Paid"
        ? { status: 200, body: { Entries: [{ ErrorCode: "MalformedDetail", ErrorMessage: "no" }] } }
        : undefined;
    const { code, err } = await lab.put(["scenario.json", "-b", "orders", "--max-attempts", "1"]);
    expect(code).toBe(3);
    expect(err).toContain(
      "scenario.json, step 2: not all of it was published, and what follows builds on it",
    );
    expect(err).toContain("hint: the same command begins anew with the first step");
    expect(lab.received.map((event) => event["detail-type"])).toEqual(["Order"]);
  });

  it("is shown by a dry run, each step in a batch of its own", async () => {
    lab.write("scenario.json", scenario());
    const { code, lines } = await lab.put(["scenario.json", "--dry-run", "--json"]);
    expect([code, lines().map(({ batch }) => batch)]).toEqual([0, [1, 2, 3, 3, 3]]);
    expect(lab.received).toEqual([]);
  });

  it.each([
    [
      scenario({ capture: { order: "detail.di", cause: "id" } }),
      [],
      "step 1 (order): captures order from detail.di, which is not in the event",
    ],
    [scenario({ count: 2 }), [], "a step that captures makes one event, and this one made 2"],
    [scenario({ capture: {} }), [], "paid.json:1:"],
    [scenario({ delya: 1 }), [], "scenario.json:1:237: a step has no delya: is delay meant?"],
    [scenario({ delay: "soon" }), [], 'delay must be a duration such as "2s"'],
    [scenario({ template: "x" }), [], "a step has a template (a name or a path) or an event (an object)"],
    ['{"steps": []}', [], "scenario.json:1:11: steps must be a list of steps"],
    ['{"steps": [{"template": "./nowhere.json"}]}', [], "no template ./nowhere.json"],
    [scenario(), ["--journal", "j"], "--journal does not go with a scenario"],
    [scenario(), ["paid.json"], "a scenario or a folder is sent alone"],
    [
      scenario(),
      ["--set", "source=aws.x"],
      "evb: error: scenario.json, step 1 (order): source is aws.x: only AWS",
    ],
  ])("%s %j is refused before anything is sent", async (text, argv, words) => {
    lab.write("scenario.json", text);
    const { code, err } = await lab.put(["scenario.json", "-b", "orders", ...argv]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(lab.received).toEqual([]);
  });

  it("ends at once when it is told to while a step waits", async () => {
    lab.write("scenario.json", scenario().replace("50ms", "1h"));
    const world = lab.world(["scenario.json", "-b", "orders"]);
    const { runIn } = await import("../../world.ts");
    const ended = runIn(world);
    while (!world.out().includes("Order")) await new Promise((resolve) => setTimeout(resolve, 10));
    world.signal();
    expect((await ended).code).toBe(130);
    expect(lab.received).toHaveLength(1);
  });
});

describe("--delay", () => {
  it("means nothing without a scenario", async () => {
    lab.write("paid.json", JSON.stringify(template({}, "T")));
    const { code, err } = await lab.put(["paid.json", "-b", "orders", "--delay", "1s"]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("--delay waits between the steps of a scenario"),
    ]);
  });
});

describe("a folder", () => {
  it("is sent in the order of its files' names", async () => {
    const { mkdirSync } = await import("node:fs");
    mkdirSync(`${lab.folder}/all`);
    lab.write(
      "all/2.ndjson",
      `${JSON.stringify(template({}, "Two"))}\n${JSON.stringify(template({}, "Three"))}\n`,
    );
    lab.write("all/1.json", JSON.stringify(template({}, "One")));
    expect((await lab.put(["all", "-b", "orders"])).code).toBe(0);
    expect(lab.received.map((event) => event["detail-type"])).toEqual(["One", "Two", "Three"]);
    mkdirSync(`${lab.folder}/none`);
    expect((await lab.put(["none"])).err).toContain("no templates and no events in the folder none");
  });
});
