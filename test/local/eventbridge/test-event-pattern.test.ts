import { TestEventPatternCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, refusal } from "./emulator.ts";

let aws: Emulator;
beforeAll(async () => {
  aws = await openEmulator();
});
afterAll(() => aws[Symbol.asyncDispose]());
const envelope = {
  id: "1",
  account: "1",
  source: "shop",
  time: "2026-11-23T19:00:00Z",
  region: "x",
  "detail-type": "t",
};
const ask = async (pattern: string, event: unknown) =>
  aws.events.send(
    new TestEventPatternCommand({
      EventPattern: pattern,
      Event: typeof event === "string" ? event : JSON.stringify(event),
    }),
  );

describe("TestEventPattern", () => {
  it("answers whether the event matches, also without resources and detail", async () => {
    expect((await ask('{"source":["shop"]}', envelope)).Result).toBe(true);
    expect((await ask('{"source":["bank"]}', envelope)).Result).toBe(false);
    expect((await ask('{"detail":{"a":[{"exists":false}]}}', { ...envelope, detail: {} })).Result).toBe(true);
  });

  const without = (key: keyof typeof envelope) => ({ ...envelope, [key]: undefined });
  it.each([
    ["without an id", without("id")],
    ["without an account", without("account")],
    ["without a source", without("source")],
    ["without a time", without("time")],
    ["without a region", without("region")],
    ["without a detail type", without("detail-type")],
    ["that is an array", [envelope]],
    ["that is no JSON", "hello"],
    ["that is a JSON string", '"hello"'],
    ["that is null", "null"],
  ])("refuses an event %s", async (_, event) => {
    expect(await refusal(ask('{"source":["shop"]}', event))).toBe(
      "ValidationException: Parameter Event is not valid.",
    );
  });

  it("refuses a pattern with the engine's words and place", async () => {
    expect(await refusal(ask('{"source":"shop"}', envelope))).toBe(
      `InvalidEventPatternException: Event pattern is not valid. Reason: "source" must be an object or an array\n at [Source: (String)"{"source":"shop"}"; line: 1, column: 12]`,
    );
  });
});
