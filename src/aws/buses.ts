import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  type EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import { orMissing } from "./answers.ts";
import { answered } from "./patience.ts";

/** Makes a bus with its tags; returns its ARN. */
export async function createBus(
  events: EventBridgeClient,
  name: string,
  tags: Readonly<Record<string, string>>,
): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return (await answered((how) => events.send(new CreateEventBusCommand({ Name: name, Tags }), how)))
    .EventBusArn!;
}

/** Deletes a bus that has no rules; one that is gone already is no error. */
export async function deleteBus(events: EventBridgeClient, name: string): Promise<void> {
  await orMissing("ResourceNotFoundException", () =>
    answered((how) => events.send(new DeleteEventBusCommand({ Name: name }), how)),
  );
}
