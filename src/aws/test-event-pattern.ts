import { type EventBridgeClient, TestEventPatternCommand } from "@aws-sdk/client-eventbridge";

/** AWS's own verdict on a pattern and an event, both JSON texts. */
export async function askTestEventPattern(
  events: EventBridgeClient,
  pattern: string,
  event: string,
): Promise<boolean> {
  const { Result } = await events.send(new TestEventPatternCommand({ EventPattern: pattern, Event: event }));
  return Result === true;
}
