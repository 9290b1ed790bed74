import type { DescribeEventBusRequest, DescribeEventBusResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { seconds } from "../time.ts";
import { structure } from "../validation/shape.ts";
import { busNameOrArn } from "../validation/shapes.ts";

export const describeEventBus = {
  name: "DescribeEventBus",
  input: structure("DescribeEventBusRequest", { Name: busNameOrArn }),
  run({ store }, { Name }) {
    const bus = store.bus(Name);
    return {
      Name: bus.name,
      Arn: bus.arn,
      Description: bus.description,
      KmsKeyIdentifier: bus.kmsKey,
      DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
      Policy: bus.policy,
      LogConfig: bus.log,
      CreationTime: seconds(bus.createdAt),
      LastModifiedTime: seconds(bus.modifiedAt),
    };
  },
} satisfies Operation<Wire<DescribeEventBusRequest>, Wire<DescribeEventBusResponse>>;
