import { describe, expect, it } from "vitest";
import {
  canaryNumber,
  liveMark,
  liveTrace,
  ownerOf,
  tracedNumber,
} from "../../../src/core/suite/live-owner.ts";
import { makeCanary } from "../../../src/core/tail/canary.ts";

const run = "0123abcd";
const now = Date.UTC(2026, 0, 1);
const trace = (number: number, of = run) => liveTrace(of, number, now);
const whole = (resources: string[]) => JSON.stringify({ "detail-type": "T", resources });
const shared = { isOwn: false };
const own = { isOwn: true };

describe("whose event a message is of", () => {
  it.each([
    ["the trace header's", '"x"', trace(7), own, true, 7],
    ["the trace header's, with what tracers add", '"x"', `Self=1-a;${trace(7)};Sampled=0`, own, true, 7],
    ["the trace header's, whatever the body says", whole([liveMark(run, 3)]), trace(7), shared, true, 7],
    ["the mark's, without a trace header", whole([liveMark(run, 3)]), undefined, shared, false, 3],
    [
      "the mark's, behind somebody else's trace header",
      whole([liveMark(run, 3)]),
      trace(1, "ffffffff"),
      own,
      true,
      3,
    ],
    ["another run's", whole([liveMark("ffffffff", 3)]), undefined, own, false, "foreign"],
    [
      "nobody's: a canary that comes late",
      makeCanary("c", "b").event,
      trace(canaryNumber),
      own,
      true,
      "foreign",
    ],
    [
      "nobody's: such a canary without its trace header",
      makeCanary("c", "b").event,
      undefined,
      own,
      false,
      "foreign",
    ],
    ["others', where ours would be traced", '"x"', undefined, shared, true, "foreign"],
    ["others', whole and without a mark", whole([]), undefined, shared, false, "foreign"],
    ["unknown, where nothing says it", '"x"', undefined, shared, false, "untold"],
    ["one of ours, but nothing says which", '"x"', undefined, own, true, "untold"],
  ])("%s", (_, body, header, watch, isTraced, owner) => {
    expect(ownerOf({ body, trace: header }, watch, run, isTraced)).toBe(owner);
  });

  it("writes trace headers that X-Ray takes, and reads their numbers again", () => {
    expect(trace(255)).toBe("Root=1-6955b900-0123abcd00000000000000ff");
    expect(tracedNumber(run, trace(255))).toBe(255);
  });
});
