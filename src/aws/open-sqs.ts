import { SQSClient } from "@aws-sdk/client-sqs";
import { type ClientSettings, configOf, watched } from "./clients.ts";
import { openLean } from "./lean/open.ts";

/**
 * `useQueueUrlAsEndpoint: false`: by default this client sends a call to the host inside the queue's URL,
 * whatever endpoint is configured, so a stale URL would reach AWS in local mode.
 */
export function openSqs(settings: ClientSettings): SQSClient {
  const client = new SQSClient({ ...configOf(settings), useQueueUrlAsEndpoint: false });
  openLean(client, { version: "1.0", target: "AmazonSQS", service: "sqs" }, settings);
  return watched(client, settings);
}
