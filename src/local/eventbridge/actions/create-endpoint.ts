import type { CreateEndpointRequest, CreateEndpointResponse } from "@aws-sdk/client-eventbridge";
import { renderArn } from "../../../core/arn.ts";
import { endpointLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { alreadyExists, overLimit } from "../faults.ts";
import type { GlobalEndpoint } from "../global-endpoint.ts";
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
import { configOf, demandBuses } from "./global-endpoint.ts";

export const createEndpoint = {
  name: "CreateEndpoint",
  input: structure("CreateEndpointRequest", {
    Name: required(endpointName),
    Description: lineOfDescription,
    RoutingConfig: required(routing),
    ReplicationConfig: replication,
    EventBuses: required(endpointBuses),
    RoleArn: endpointRole,
  }),
  run(context, input) {
    const { site, store } = context;
    const name = input.Name!;
    if (store.endpoints.has(name)) throw alreadyExists(`Endpoint '${name}' already exists.`);
    if (store.endpoints.size >= endpointLimits.endpoints) throw overLimit();
    demandBuses(context, input.EventBuses!, input.RoutingConfig!.FailoverConfig!.Secondary!.Route!);
    const now = site.clock.now();
    const endpoint: GlobalEndpoint = {
      name,
      arn: renderArn(site, "events", `endpoint/${name}`),
      id: `${letters(site.random, 10)}.${letters(site.random, 3)}`,
      description: input.Description,
      routing: input.RoutingConfig!,
      replication: input.ReplicationConfig?.State ?? "ENABLED",
      buses: input.EventBuses!,
      roleArn: input.RoleArn,
      createdAt: now,
      modifiedAt: now,
    };
    store.endpoints.set(name, endpoint);
    return { ...configOf(endpoint), State: "CREATING" };
  },
} satisfies Operation<Wire<CreateEndpointRequest>, Wire<CreateEndpointResponse>>;

const alphabet = "abcdefghijklmnopqrstuvwxyz";
const letters = (random: () => number, count: number): string =>
  Array.from({ length: count }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
