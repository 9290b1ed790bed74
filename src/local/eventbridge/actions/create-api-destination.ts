import type { CreateApiDestinationRequest, CreateApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import { renderArn } from "../../../core/arn.ts";
import { destinationLimits } from "../../../core/limits.ts";
import { uuidFrom } from "../../ids.ts";
import type { Wire } from "../../wire.ts";
import type { Destination } from "../destination/destination.ts";
import { openTokens } from "../destination/tokens.ts";
import { alreadyExists, overLimit } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { callsPerSecond, connectionArn, endpoint, httpMethod } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { lineOfDescription, namedUpTo } from "../validation/shapes.ts";
import { changedDestination, demandConnection, demandEndpoint } from "./destination.ts";

export const createApiDestination = {
  name: "CreateApiDestination",
  input: structure("CreateApiDestinationRequest", {
    Name: required(namedUpTo(destinationLimits.nameChars)),
    Description: lineOfDescription,
    ConnectionArn: required(connectionArn),
    InvocationEndpoint: required(endpoint),
    HttpMethod: required(httpMethod),
    InvocationRateLimitPerSecond: callsPerSecond,
  }),
  run(context, input) {
    const { store, site } = context;
    const name = input.Name!;
    demandEndpoint(input.InvocationEndpoint!);
    demandConnection(context, input.ConnectionArn!);
    if (store.destinations.has(name)) throw alreadyExists(`An api-destination '${name}' already exists.`);
    if (store.destinations.size >= destinationLimits.destinations) throw overLimit();
    const now = site.clock.now();
    const rate = input.InvocationRateLimitPerSecond ?? destinationLimits.callsPerSecond;
    const destination: Destination = {
      name,
      arn: renderArn(site, "events", `api-destination/${name}/${uuidFrom(site.random)}`),
      description: input.Description,
      connectionArn: input.ConnectionArn!,
      endpoint: input.InvocationEndpoint!,
      method: input.HttpMethod!,
      callsPerSecond: rate,
      createdAt: now,
      modifiedAt: now,
      pace: openTokens(rate),
    };
    store.destinations.set(name, destination);
    return changedDestination(context, destination);
  },
} satisfies Operation<Wire<CreateApiDestinationRequest>, Wire<CreateApiDestinationResponse>>;
