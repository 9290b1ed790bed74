import type { DeactivateEventSourceRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { switchSource } from "./activate-event-source.ts";

/** Its bus gets no events until it is active again. */
export const deactivateEventSource = {
  name: "DeactivateEventSource",
  input: structure("DeactivateEventSourceRequest", { Name: required(sourceName) }),
  run: (context, { Name }) => switchSource(context, Name!, "PENDING"),
} satisfies Operation<Wire<DeactivateEventSourceRequest>>;
