import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type ClientSettings, configOf, watched } from "./clients.ts";

export const openEventBridge = (settings: ClientSettings): EventBridgeClient =>
  watched(new EventBridgeClient(configOf(settings)), settings);
