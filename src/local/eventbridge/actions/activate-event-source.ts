import type { ActivateEventSourceRequest } from "@aws-sdk/client-eventbridge";
import { ServiceFault } from "../../fault.ts";
import type { Wire } from "../../wire.ts";
import type { Context, Operation } from "../operation.ts";
import type { PartnerSource } from "../partner-source.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { sourceOf } from "./partner-source.ts";

export const activateEventSource = {
  name: "ActivateEventSource",
  input: structure("ActivateEventSourceRequest", { Name: required(sourceName) }),
  run: (context, { Name }) => switchSource(context, Name!, "ACTIVE"),
} satisfies Operation<Wire<ActivateEventSourceRequest>>;

/** Only a source with a bus can be switched. The code is the model's; the wording is ours. */
export function switchSource(context: Context, name: string, state: PartnerSource["state"]): undefined {
  const { store } = context;
  const source = sourceOf(context, name);
  if (!store.buses.has(name))
    throw new ServiceFault("InvalidStateException", `Event source ${name} has no event bus.`);
  source.state = state;
  store.sources.touch(name);
}
