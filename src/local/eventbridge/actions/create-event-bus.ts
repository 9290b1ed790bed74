import type { CreateEventBusRequest, CreateEventBusResponse } from "@aws-sdk/client-eventbridge";
import { busLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { busExists, invalid, overLimit } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { newBus } from "../store.ts";
import { required, structure } from "../validation/shape.ts";
import {
  busName,
  deadLetterConfig,
  description,
  eventSourceName,
  kmsKey,
  logConfig,
  tags,
} from "../validation/shapes.ts";
import { demandStandardQueue } from "./dead-letter.ts";
import { addTags } from "./tags.ts";

export const createEventBus = {
  name: "CreateEventBus",
  input: structure("CreateEventBusRequest", {
    Name: required(busName),
    EventSourceName: eventSourceName,
    Description: description,
    KmsKeyIdentifier: kmsKey,
    DeadLetterConfig: deadLetterConfig,
    LogConfig: logConfig,
    Tags: tags,
  }),
  run(context, input) {
    const { store, site } = context;
    const name = input.Name!;
    if (store.buses.has(name)) throw busExists(name);
    // Slashes belong to the buses of partners, which are made from an event source.
    if (name.includes("/") || input.EventSourceName !== undefined)
      throw invalid("Event bus name must not contain '/'.");
    // The default bus does not count.
    if (store.buses.size - 1 >= busLimits.buses) throw overLimit();
    demandStandardQueue(context, input.DeadLetterConfig);
    const bus = newBus(site, name);
    bus.description = input.Description;
    bus.kmsKey = input.KmsKeyIdentifier || undefined;
    bus.deadLetterArn = input.DeadLetterConfig?.Arn;
    bus.log = input.LogConfig;
    addTags(bus.tags, input.Tags ?? []);
    store.buses.set(name, bus);
    return {
      EventBusArn: bus.arn,
      Description: bus.description,
      KmsKeyIdentifier: bus.kmsKey,
      DeadLetterConfig: input.DeadLetterConfig,
      LogConfig: bus.log,
    };
  },
} satisfies Operation<Wire<CreateEventBusRequest>, Wire<CreateEventBusResponse>>;
