import type { ApiDestination } from "@aws-sdk/client-eventbridge";
import { parseArn } from "../../../core/arn.ts";
import type { Wire } from "../../wire.ts";
import type { Destination } from "../destination/destination.ts";
import { isEndpoint } from "../destination/endpoint.ts";
import { invalid, notFound } from "../faults.ts";
import type { Context } from "../operation.ts";
import { seconds } from "../time.ts";

/** The API destination of a name; `verb` is a part of AWS's refusal (recorded for describe in December 2024). */
export function destinationOf({ store }: Context, name: string, verb: string): Destination {
  const destination = store.destinations.get(name);
  if (destination === undefined)
    throw notFound(`Failed to ${verb} the api-destination(s). An api-destination '${name}' does not exist.`);
  return destination;
}

/** Texts measured in September 2026. */
export function demandEndpoint(endpoint: string): void {
  if (!isEndpoint(endpoint))
    throw invalid(`Parameter InvocationEndpoint is not valid. Reason: Endpoint '${endpoint}' is not valid.`);
}

export function demandConnection({ store, site }: Context, arn: string): void {
  if (parseArn(arn)?.region !== site.region) throw invalid(`Invalid ARN: '${arn}'.`);
  if (![...store.connections.values()].some((connection) => connection.arn === arn))
    throw notFound(`Connection '${arn}' does not exist.`);
}

/** Active while its connection is authorized. */
const stateOf = ({ store }: Context, { connectionArn }: Destination) =>
  [...store.connections.values()].find(({ arn }) => arn === connectionArn)?.state === "AUTHORIZED"
    ? ("ACTIVE" as const)
    : ("INACTIVE" as const);

/** What create and update answer. */
export const changedDestination = (context: Context, destination: Destination) =>
  ({
    ApiDestinationArn: destination.arn,
    ApiDestinationState: stateOf(context, destination),
    CreationTime: seconds(destination.createdAt),
    LastModifiedTime: seconds(destination.modifiedAt),
  }) satisfies Wire<ApiDestination>;

export const listedDestination = (context: Context, destination: Destination) =>
  ({
    ...changedDestination(context, destination),
    Name: destination.name,
    ConnectionArn: destination.connectionArn,
    InvocationEndpoint: destination.endpoint,
    HttpMethod: destination.method,
    InvocationRateLimitPerSecond: destination.callsPerSecond,
  }) satisfies Wire<ApiDestination>;
