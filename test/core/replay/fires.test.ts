import { describe, expect, it } from "vitest";
import { parseMoment } from "../../../src/core/moment.ts";
import { planFirings } from "../../../src/core/replay/fires.ts";
import type { Rule } from "../../../src/core/route/bus.ts";

const rule = (pattern: object | undefined, state: Rule["state"] = "ENABLED"): Rule => ({
  name: "r",
  bus: "b",
  arn: "arn",
  state,
  ...(pattern && { pattern: JSON.stringify(pattern) }),
  targets: [],
  unknowns: [],
});
const archive = JSON.stringify({ source: ["shop", "crm"], "detail-type": [{ prefix: "Order" }] });

describe("planFirings", () => {
  it.each<[object | undefined, string | undefined]>([
    [{ source: ["crm"] }, undefined],
    [{ source: ["bank"] }, "the archive keeps no events of its source"],
    [{ source: [{ prefix: "b" }] }, undefined],
    [{ "detail-type": ["Order Placed"] }, undefined],
    [{ "replay-name": [{ exists: false }] }, "takes no replayed events"],
    [{ "replay-name": [{ exists: true }] }, undefined],
    [undefined, "runs on a schedule"],
  ])("%j", (pattern, never) => {
    expect(planFirings([rule(pattern)], archive, [])[0]?.never).toBe(never);
  });

  it("knows of an archive without a pattern nothing, and of a rule that is off or not chosen enough", () => {
    expect(planFirings([rule({ source: ["bank"] })], undefined, [])[0]?.never).toBeUndefined();
    expect(planFirings([rule({ source: ["crm"] }, "DISABLED")], archive, [])[0]?.never).toBe("is disabled");
    expect(planFirings([rule({ source: ["crm"] })], archive, ["q"])[0]?.never).toBe("not chosen by --rule");
  });
});

describe("planFirings of events that are put again", () => {
  it.each<[object, string | undefined]>([
    [{ source: ["crm"] }, undefined],
    [{ "replay-name": [{ exists: false }] }, undefined],
    [{ "replay-name": ["r", { exists: false }] }, undefined],
    [{ "replay-name": [{ exists: true }] }, "takes replayed events only"],
    [{ "replay-name": [{ prefix: "r" }] }, "takes replayed events only"],
  ])("%j", (pattern, never) => {
    expect(planFirings([rule(pattern)], archive, [], false)[0]?.never).toBe(never);
  });
});

describe("parseMoment", () => {
  it.each<[string, number | string]>([
    ["now", 1e12],
    ["2h", 1e12 - 7_200_000],
    ["1h30m ago", 1e12 - 5_400_000],
    ["1000000000", 1e12],
    ["2001-09-09T01:46:40Z", 1e12],
    ["tomorrow", 'expected a time such as 2026-01-02T03:04:05Z, found "tomorrow", or 2h for 2 hours ago'],
  ])("%s", (text, found) => expect(parseMoment(text, 1e12)).toBe(found));
});
