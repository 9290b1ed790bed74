import type { UpdateApiDestinationRequest, UpdateApiDestinationResponse } from "@aws-sdk/client-eventbridge";
import { destinationLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { openTokens } from "../destination/tokens.ts";
import type { Operation } from "../operation.ts";
import { callsPerSecond, connectionArn, endpoint, httpMethod } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { lineOfDescription, namedUpTo } from "../validation/shapes.ts";
import { changedDestination, demandConnection, demandEndpoint, destinationOf } from "./destination.ts";

/** Changes what is given. */
export const updateApiDestination = {
  name: "UpdateApiDestination",
  input: structure("UpdateApiDestinationRequest", {
    Name: required(namedUpTo(destinationLimits.nameChars)),
    Description: lineOfDescription,
    ConnectionArn: connectionArn,
    InvocationEndpoint: endpoint,
    HttpMethod: httpMethod,
    InvocationRateLimitPerSecond: callsPerSecond,
  }),
  run(context, input) {
    const destination = destinationOf(context, input.Name!, "update");
    if (input.InvocationEndpoint !== undefined) demandEndpoint(input.InvocationEndpoint);
    if (input.ConnectionArn !== undefined) demandConnection(context, input.ConnectionArn);
    destination.description = input.Description ?? destination.description;
    destination.connectionArn = input.ConnectionArn ?? destination.connectionArn;
    destination.endpoint = input.InvocationEndpoint ?? destination.endpoint;
    destination.method = input.HttpMethod ?? destination.method;
    if (input.InvocationRateLimitPerSecond !== undefined) {
      destination.callsPerSecond = input.InvocationRateLimitPerSecond;
      destination.pace = openTokens(input.InvocationRateLimitPerSecond);
    }
    destination.modifiedAt = context.site.clock.now();
    context.store.destinations.touch(destination.name);
    return changedDestination(context, destination);
  },
} satisfies Operation<Wire<UpdateApiDestinationRequest>, Wire<UpdateApiDestinationResponse>>;
