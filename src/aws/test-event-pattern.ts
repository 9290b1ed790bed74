import { type EventBridgeClient, TestEventPatternCommand } from "@aws-sdk/client-eventbridge";
import { answered } from "./patience.ts";

/** AWS's own verdict on a pattern and an event, both JSON texts. */
export async function askTestEventPattern(
  events: EventBridgeClient,
  pattern: string,
  event: string,
): Promise<boolean> {
  const command = new TestEventPatternCommand({ EventPattern: pattern, Event: event });
  const { Result } = await answered((how) => events.send(command, how));
  return Result === true;
}
