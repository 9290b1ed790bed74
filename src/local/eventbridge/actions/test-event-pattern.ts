import type { TestEventPatternRequest, TestEventPatternResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { invalid } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { readPattern } from "../pattern.ts";
import { required, structure, text } from "../validation/shape.ts";
import { eventPattern } from "../validation/shapes.ts";

/** `resources` and `detail` are documented as mandatory, but AWS does without them (recorded in December 2024). */
const mandatory = ["id", "account", "source", "time", "region", "detail-type"] as const;

export const testEventPattern = {
  name: "TestEventPattern",
  input: structure("TestEventPatternRequest", {
    EventPattern: required(eventPattern),
    Event: required(text()),
  }),
  run(_context, { EventPattern, Event }) {
    if (!isEvent(Event!)) throw invalid("Parameter Event is not valid.");
    return { Result: readPattern(EventPattern!).matchesJson(Buffer.from(Event!)) };
  },
} satisfies Operation<Wire<TestEventPatternRequest>, Wire<TestEventPatternResponse>>;

function isEvent(text: string): boolean {
  try {
    const event: unknown = JSON.parse(text);
    return (
      typeof event === "object" && event !== null && mandatory.every((name) => Object.hasOwn(event, name))
    );
  } catch {
    // No JSON is no event: the caller says so.
    return false;
  }
}
