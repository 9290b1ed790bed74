import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { type ClientSettings, configOf, watched } from "./clients.ts";
import { answered } from "./patience.ts";
import { type Accepted, watchDoubt } from "./results.ts";

/**
 * Over HTTP/1.1 like every other client (`like`): by default this one speaks HTTP/2 from the first byte, which no local
 * endpoint without TLS understands.
 */
export const openKinesis = (settings: ClientSettings, like: EventBridgeClient): KinesisClient =>
  watched(new KinesisClient({ ...configOf(settings), requestHandler: like.config.requestHandler }), settings);

/** Puts one record; the id is its sequence number. */
export async function putRecord(
  kinesis: KinesisClient,
  streamArn: string,
  partitionKey: string,
  data: string,
): Promise<Accepted> {
  const command = new PutRecordCommand({
    StreamARN: streamArn,
    PartitionKey: partitionKey,
    Data: new TextEncoder().encode(data),
  });
  const doubt = watchDoubt(command.middlewareStack);
  const { SequenceNumber = "" } = await answered((how) => kinesis.send(command, how));
  return { id: SequenceNumber, inDoubt: doubt() };
}
