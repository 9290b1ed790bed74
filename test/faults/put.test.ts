import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { systemClock } from "../../src/shell/clock.ts";
import { type Fault, type Lab, ndjson, openLab, type Passing } from "../commands/put/lab.ts";
import type { Outcome } from "../world.ts";
import { twice } from "./every-call.ts";

const count = 35;

/** What a call meets, by the words of a test's name. */
const faults: readonly (readonly [string, (passing: Passing) => Fault | Promise<Fault>])[] = [
  ["is throttled", () => refusal("ThrottlingException")],
  ["meets a fault of the service", () => ({ status: 500, body: { __type: "InternalFailure" } })],
  ["gets an answer that is no JSON", () => ({ status: 502, body: "<html>" })],
  ["gets such an answer that claims success", () => ({ status: 200, body: "<html>" })],
  ["gets an answer that is silent about its entries", () => ({ status: 200, body: {} })],
  ["finds the connection reset", () => "drop"],
  [
    "hangs, until patience is over",
    () => {
      losePatience();
      return new Promise<Fault>(() => {});
    },
  ],
  ["is carried out, but its answer is lost", () => "lose-answer"],
  ["fails for its first and third entry", (passing) => entriesFail(passing, [0, 2], "InternalFailure")],
  ["fails for good for its second entry", (passing) => entriesFail(passing, [1], "MalformedDetail")],
  ["is denied", () => refusal("AccessDeniedException")],
  ["is too large", () => refusal("ValidationException")],
];

const refusal = (name: string) => ({ status: 400, body: { __type: name, message: "made on purpose" } });

/** The answer of an emulator that has not taken any of the entries, and says so only of some: the others are lost. */
function entriesFail({ operation, entries }: Passing, places: readonly number[], code: string): Fault {
  if (operation !== "PutEvents") return undefined;
  return { keep: entries.map((_, i) => !places.includes(i)), code };
}

const waiting = new Set<() => void>();
const losePatience = () => {
  for (const giveUp of waiting) giveUp();
};

/** Nobody waits: not between tries, and for an answer no longer than `losePatience` lets him. */
const hasty: Clock = {
  ...systemClock,
  after(ms, task) {
    if (ms < 30_000) return systemClock.after(ms, task);
    waiting.add(task);
    return () => waiting.delete(task);
  },
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 5), signal),
};

const put = (lab: Lab, argv: readonly string[], env: Record<string, string>): Promise<Outcome> =>
  lab.put(["-", "-b", "orders", "--json", "--journal", "j", "--concurrency", "2", ...argv], {
    stdin: ndjson(count),
    clock: hasty,
    env,
  });

describe.each([
  ["the lean client", {}],
  ["the SDK", { EVB_NO_LEAN: "1" }],
])("put by %s loses nothing, and says what it may have sent twice, when a call", (_, env) => {
  it.each(faults)("%s, whichever it is", async (_name, fault) => {
    for (let call = 0; ; call++) {
      await using lab = await openLab();
      let seen = 0;
      lab.fault = (passing) => (seen++ === call ? fault(passing) : undefined);
      // No second try, so that the fault is not mended within the first run.
      const broken = await put(lab, ["--max-attempts", "1"], env);
      if (seen <= call) return expect(call).toBe(5);
      lab.fault = () => undefined;
      const again = await put(lab, [], env);
      const told = `call ${call}: ${broken.code} ${broken.err}\n${again.code} ${again.err}`;
      expect(again.code, told).toBe(0);
      const arrived = lab.received.map(({ detail }) => (detail as { n: number }).n);
      expect(new Set(arrived).size, told).toBe(count);
      const said = again.lines().flatMap(({ maybeTwice, index }) => (maybeTwice ? [index] : []));
      for (const n of twice(arrived.map(String))) expect(said, told).toContain(Number(n));
      // One whose acknowledgement was told is not sent again.
      const published = broken
        .lines()
        .flatMap(({ status, index }) => (status === "published" ? [index] : []));
      const sentAgain = again.lines().map(({ index }) => index);
      for (const index of published) expect(sentAgain, told).not.toContain(index);
    }
  });
});
