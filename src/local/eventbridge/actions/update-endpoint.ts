import type { UpdateEndpointRequest, UpdateEndpointResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import {
  endpointBuses,
  endpointName,
  endpointRole,
  replication,
  routing,
} from "../validation/endpoint-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { lineOfDescription } from "../validation/shapes.ts";
import { configOf, demandBuses, endpointOf, idOf } from "./global-endpoint.ts";

/** Changes what is given. */
export const updateEndpoint = {
  name: "UpdateEndpoint",
  input: structure("UpdateEndpointRequest", {
    Name: required(endpointName),
    Description: lineOfDescription,
    RoutingConfig: routing,
    ReplicationConfig: replication,
    EventBuses: endpointBuses,
    RoleArn: endpointRole,
  }),
  run(context, input) {
    const { site, store } = context;
    const endpoint = endpointOf(context, input.Name!);
    const to = input.RoutingConfig ?? endpoint.routing;
    const buses = input.EventBuses ?? endpoint.buses;
    demandBuses(context, buses, to.FailoverConfig!.Secondary!.Route!);
    endpoint.routing = to;
    endpoint.buses = buses;
    endpoint.description = input.Description ?? endpoint.description;
    endpoint.replication = input.ReplicationConfig?.State ?? endpoint.replication;
    endpoint.roleArn = input.RoleArn ?? endpoint.roleArn;
    endpoint.modifiedAt = site.clock.now();
    store.endpoints.touch(endpoint.name);
    return { ...configOf(endpoint), ...idOf(endpoint), State: "UPDATING" };
  },
} satisfies Operation<Wire<UpdateEndpointRequest>, Wire<UpdateEndpointResponse>>;
