import type { UpdateEventBusRequest, UpdateEventBusResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { structure } from "../validation/shape.ts";
import { busName, deadLetterConfig, description, kmsKey, logConfig } from "../validation/shapes.ts";
import { demandStandardQueue } from "./dead-letter.ts";

/** Changes what is given and leaves the rest, but a dead-letter configuration without an ARN removes the queue. */
export const updateEventBus = {
  name: "UpdateEventBus",
  input: structure("UpdateEventBusRequest", {
    Name: busName,
    KmsKeyIdentifier: kmsKey,
    Description: description,
    DeadLetterConfig: deadLetterConfig,
    LogConfig: logConfig,
  }),
  run(context, input) {
    const { store, site } = context;
    const bus = store.bus(input.Name);
    demandStandardQueue(context, input.DeadLetterConfig);
    if (input.KmsKeyIdentifier !== undefined) bus.kmsKey = input.KmsKeyIdentifier || undefined;
    if (input.Description !== undefined) bus.description = input.Description;
    if (input.DeadLetterConfig !== undefined) bus.deadLetterArn = input.DeadLetterConfig.Arn;
    if (input.LogConfig !== undefined) bus.log = input.LogConfig;
    bus.modifiedAt = site.clock.now();
    store.buses.touch(bus.name);
    return {
      Arn: bus.arn,
      Name: bus.name,
      KmsKeyIdentifier: bus.kmsKey,
      Description: bus.description,
      DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
      LogConfig: bus.log,
    };
  },
} satisfies Operation<Wire<UpdateEventBusRequest>, Wire<UpdateEventBusResponse>>;
