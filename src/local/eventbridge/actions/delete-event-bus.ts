import type { DeleteEventBusRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { invalid } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { busName } from "../validation/shapes.ts";

/** Deleting what is not there succeeds. Managed rules go with their bus, others stand in the way. */
export const deleteEventBus = {
  name: "DeleteEventBus",
  input: structure("DeleteEventBusRequest", { Name: required(busName) }),
  run({ store }, { Name }) {
    const name = Name!;
    if (name === "default") throw invalid("Cannot delete event bus default.");
    const bus = store.buses.get(name);
    if (bus === undefined) return undefined;
    // The documentation says that rules have to go first; the wording is ours.
    if ([...bus.rules.values()].some(({ managedBy }) => managedBy === undefined))
      throw invalid(`Event bus ${name} can't be deleted since it has rules.`);
    bus.rules.clear();
    store.buses.delete(name);
    const source = store.sources.get(name);
    if (source !== undefined) {
      source.state = "PENDING";
      store.sources.touch(name);
    }
    return undefined;
  },
} satisfies Operation<Wire<DeleteEventBusRequest>>;
