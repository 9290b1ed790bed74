import type { Call, Queues, Site } from "../ports.ts";
import type { Deliveries } from "./delivery/deliveries.ts";
import type { EventBridgeOptions } from "./options.ts";
import type { Schedules } from "./schedule/schedules.ts";
import type { Store } from "./store.ts";
import type { StructureShape } from "./validation/shape.ts";

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly queues: Queues;
  readonly store: Store;
  readonly deliveries: Deliveries;
  readonly schedules: Schedules;
  readonly options: EventBridgeOptions;
}

/** One operation of the API: what it takes, as the model says, and what it does. */
export interface Operation<In = never, Out extends object = object> {
  readonly name: string;
  readonly input: StructureShape;
  run(context: Context, input: In, call: Call): Out | undefined | Promise<Out | undefined>;
}
