import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { runEvb } from "../../world.ts";

describe("evb local refuses", () => {
  it("a port that is in use, and says which flag helps", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const outcome = await runEvb(["local", "--port", String(port)]);
    other.close();
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.err).toContain(`evb: error: port ${port} is in use\n`);
    expect(outcome.err).toContain("--port 0");
  });

  it.each([
    [["--from", "nowhere"], "no such file or starter: nowhere", "starters: audit, cqrs, data-pipeline, demo"],
    [["--from", '{"buses": []}'], "buses: expected an object", ""],
    [
      ["--from", '{"queues": {"q": {"policy": "x"}}, "more": 1}'],
      "(and 1 more)",
      'queues.q.policy: expected "rules" or "none"',
    ],
    [["--from", '{"buses": '], "JSON", ""],
    [["--time-scale", "0"], "expected a number above 0", ""],
    [["--fault", "PutEvents"], "expected OPERATION[@CALLS]=KIND[:VALUE]", ""],
    [
      ["--port", "0", "--fault", "PutEvent=hang"],
      "--fault: no such operation: PutEvent",
      "did you mean PutEvents?",
    ],
    [
      ["--port", "0", "--fault", "ListQueues=fail-entries:0"],
      "--fault: ListQueues has no entries that could fail",
      "these have: SendMessageBatch",
    ],
    [["--port", "x"], "expected a whole number", ""],
  ])("%j", async (argv, sentence, hint) => {
    const outcome = await runEvb(["local", ...argv]);
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.out).toBe("");
    expect(outcome.err).toContain(sentence);
    expect(outcome.err).toContain(hint);
  });

  it("a file whose pattern AWS would refuse, and leaves nothing running", async () => {
    const file = { buses: { b: { rules: { r: { pattern: { source: "s" }, targets: [] } } } } };
    const outcome = await runEvb(["local", "--port", "0", "--from", JSON.stringify(file)]);
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.err).toContain("Event pattern is not valid");
  });
});
