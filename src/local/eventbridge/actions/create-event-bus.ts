import type { CreateEventBusRequest, CreateEventBusResponse } from "@aws-sdk/client-eventbridge";
import { busLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { busExists, invalid, notFound, overLimit } from "../faults.ts";
import type { Context, Operation } from "../operation.ts";
import { type PartnerSource, stateOf } from "../partner-source.ts";
import { newBus } from "../store.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { busName, deadLetterConfig, description, kmsKey, logConfig, tags } from "../validation/shapes.ts";
import { demandStandardQueue } from "./dead-letter.ts";
import { addTags } from "./tags.ts";

export const createEventBus = {
  name: "CreateEventBus",
  input: structure("CreateEventBusRequest", {
    Name: required(busName),
    EventSourceName: sourceName,
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
    const source = partnerSource(context, name, input.EventSourceName);
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
    if (source !== undefined) {
      source.state = "ACTIVE";
      store.sources.touch(source.name);
    }
    return {
      EventBusArn: bus.arn,
      Description: bus.description,
      KmsKeyIdentifier: bus.kmsKey,
      DeadLetterConfig: input.DeadLetterConfig,
      LogConfig: bus.log,
    };
  },
} satisfies Operation<Wire<CreateEventBusRequest>, Wire<CreateEventBusResponse>>;

/** Slashes belong to the buses of partners, each of which is named as the event source that it is made of. */
function partnerSource(
  { store, site }: Context,
  bus: string,
  name: string | undefined,
): PartnerSource | undefined {
  if (name === undefined) {
    if (bus.includes("/")) throw invalid("Event bus name must not contain '/'.");
    return undefined;
  }
  const source = store.sources.get(name);
  // The wording of these two is ours.
  if (source === undefined || stateOf(source, site.clock.now()) === "DELETED")
    throw notFound(`Event source ${name} does not exist.`);
  if (bus !== name) throw invalid(`Event bus name must be that of its event source, ${name}.`);
  return source;
}
