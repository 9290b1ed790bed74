import type { DeleteEndpointRequest, DeleteEndpointResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { endpointName } from "../validation/endpoint-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { endpointOf } from "./global-endpoint.ts";

export const deleteEndpoint = {
  name: "DeleteEndpoint",
  input: structure("DeleteEndpointRequest", { Name: required(endpointName) }),
  run(context, { Name }) {
    context.store.endpoints.delete(endpointOf(context, Name!).name);
    return {};
  },
} satisfies Operation<Wire<DeleteEndpointRequest>, Wire<DeleteEndpointResponse>>;
