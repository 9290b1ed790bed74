import { describe, expect, it } from "vitest";
import { fault } from "../../../src/commands/local/fault.ts";

describe("--fault", () => {
  it.each([
    ["PutEvents=throttle", { operation: "PutEvents", kind: "throttle" }],
    ["*=hang", { operation: "*", kind: "hang" }],
    ["SendMessage@3=lose-answer", { operation: "SendMessage", nth: [3], kind: "lose-answer" }],
    ["SendMessage@1,4=reset", { operation: "SendMessage", nth: [1, 4], kind: "reset" }],
    ["PutRule@every:2=error", { operation: "PutRule", every: 2, kind: "error" }],
    ["PutRule=error:503", { operation: "PutRule", kind: "error", status: 503 }],
    [
      "PutRule=error:AccessDeniedException",
      { operation: "PutRule", kind: "error", status: 400, code: "AccessDeniedException" },
    ],
    ["ReceiveMessage=late:2s", { operation: "ReceiveMessage", kind: "late", ms: 2000 }],
    ["PutEvents=fail-entries:0,2", { operation: "PutEvents", kind: "fail-entries", entries: [0, 2] }],
  ])("reads %s", (text, expected) => expect(fault(text, [])).toEqual([expected]));

  it("keeps those before it", () =>
    expect(fault("B=hang", fault("A=hang", [])).map(({ operation }) => operation)).toEqual(["A", "B"]));

  it.each([
    ["throttle", "expected OPERATION[@CALLS]=KIND[:VALUE]"],
    ["PutEvents@x=throttle", "expected OPERATION[@CALLS]=KIND[:VALUE]"],
    ["PutEvents=throtle", "no such kind of fault: throtle. Kinds: throttle."],
    ["PutEvents=constructor", "no such kind of fault: constructor."],
    ["PutEvents@0=hang", "calls are counted from 1."],
    ["PutEvents@every:0=hang", "calls are counted from 1."],
    ["PutEvents=throttle:1", "throttle takes no value."],
    ["PutEvents=late", "late wants a duration"],
    ["PutEvents=late:soon", "late wants a duration"],
    ["PutEvents=error:200", "the status of an error is 400 to 599."],
    ["PutEvents=fail-entries", "fail-entries wants places"],
  ])("refuses %s", (text, reason) => expect(() => fault(text, [])).toThrow(reason));
});
