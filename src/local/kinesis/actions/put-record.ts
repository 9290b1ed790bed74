import type { PutRecordInput, PutRecordOutput } from "@aws-sdk/client-kinesis";
import { renderArn } from "../../../core/arn.ts";
import { ServiceFault } from "../../fault.ts";
import type { Wire } from "../../wire.ts";
import type { Context } from "../service.ts";

/** Bytes of data and key together; 10 MiB since October 2025, where the stream allows it. Source: Kinesis quotas. */
const recordBytes = 1024 * 1024;
const keyChars = 256;

export const putRecord = {
  name: "PutRecord",
  run({ site, standIns, nextSequence }, { StreamARN, StreamName, Data, PartitionKey }) {
    const targetArn = StreamARN ?? renderArn(site, "kinesis", `stream/${StreamName}`);
    const stream = targetArn.slice(targetArn.indexOf("/") + 1);
    if (!standIns.has(targetArn))
      throw new ServiceFault(
        "ResourceNotFoundException",
        `Stream ${stream} under account ${site.account} not found: the emulator has no handler for it.`,
      );
    if (!PartitionKey || PartitionKey.length > keyChars)
      throw new ServiceFault(
        "ValidationException",
        `1 validation error detected: Value at 'partitionKey' failed to satisfy constraint: Member must have length between 1 and ${keyChars}`,
      );
    const bytes = Buffer.from(Data ?? "", "base64");
    if (bytes.length + Buffer.byteLength(PartitionKey) > recordBytes)
      throw new ServiceFault(
        "ValidationException",
        `1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${recordBytes}`,
      );
    const request = { StreamARN: targetArn, PartitionKey };
    void standIns.start({ targetArn, body: bytes.toString(), request });
    return { ShardId: "shardId-000000000000", SequenceNumber: String(nextSequence()) };
  },
} satisfies {
  name: string;
  run(context: Context, input: Wire<PutRecordInput>): Wire<PutRecordOutput>;
};
