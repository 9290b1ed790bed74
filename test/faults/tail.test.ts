import { beforeAll, describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/local/faults.ts";
import { openBench } from "../commands/tail/bench.ts";
import { faultKinds, hasty } from "./every-call.ts";

// The SDK's own retries would hide the faults from us.
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = "1";
});

/** Calls of the set-up and of the clean-up: those that make and remove something. */
const making =
  /^(CreateQueue|PutRule|PutTargets|PutEvents|RemoveTargets|DeleteRule|DeleteQueue|ListTargetsByRule)$/;

/**
 * Runs a short tail on one bus so often that each of its calls that makes or removes something fails once, and looks
 * after each run whether anything is left. Returns how many calls there were.
 */
async function failEachCall(kind: FaultKind, argv: readonly string[]): Promise<number> {
  await using bench = await openBench();
  const { faults, operations } = bench.local;
  for (let call = 1; ; call++) {
    let seen = 0;
    faults.clear();
    for (const operation of operations)
      if (making.test(operation)) faults.add({ ...kind, operation, where: () => ++seen === call });
    const { code, err } = await bench.start(["tail", "-b", "orders", "--timeout", "20ms", ...argv], {
      clock: hasty,
    }).outcome;
    if (seen < call) return seen;
    const told = `call ${call}: ${code}\n${err}`;
    expect([1, 4], told).toContain(code);
    expect(await bench.remains(), told).toEqual({ rules: [], queues: [] });
    expect(err, told).not.toContain("left behind");
  }
}

describe("each call by which a tail makes and removes what it needs", () => {
  // A throttled call and a reset connection end in the same place as an error.
  const kinds = faultKinds.filter(([, { kind }]) => kind === "error" || kind === "lose-answer");
  it.each([
    ...kinds,
    ["finds one entry refused", { kind: "fail-entries", entries: [0], code: "Denied", message: "no" }],
  ] as const)("%s: nothing is left", async (_, kind) => {
    expect(await failEachCall(kind, ["--canary", "--source", "a"])).toBeGreaterThan(7);
  });
});
