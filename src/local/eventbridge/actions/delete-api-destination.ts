import type { DeleteApiDestinationRequest, DeleteApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import { destinationLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { namedUpTo } from "../validation/shapes.ts";
import { destinationOf } from "./destination.ts";

export const deleteApiDestination = {
  name: "DeleteApiDestination",
  input: structure("DeleteApiDestinationRequest", { Name: required(namedUpTo(destinationLimits.nameChars)) }),
  run(context, { Name }) {
    context.store.destinations.delete(destinationOf(context, Name!, "delete").name);
    return {};
  },
} satisfies Operation<Wire<DeleteApiDestinationRequest>, Wire<DeleteApiDestinationResponse>>;
