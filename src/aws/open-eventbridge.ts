import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type ClientSettings, configOf, watched } from "./clients.ts";
import { openLean } from "./lean/open.ts";

export function openEventBridge(settings: ClientSettings): EventBridgeClient {
  const client = new EventBridgeClient(configOf(settings));
  openLean(client, { version: "1.1", target: "AWSEvents", service: "events" }, settings);
  return watched(client, settings);
}
