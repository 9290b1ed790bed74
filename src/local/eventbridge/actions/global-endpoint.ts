import type { Endpoint } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { invalid, notFound } from "../faults.ts";
import type { GlobalEndpoint } from "../global-endpoint.ts";
import type { Context } from "../operation.ts";
import { seconds } from "../time.ts";

/** The wording is ours. */
export function endpointOf({ store }: Context, name: string): GlobalEndpoint {
  const endpoint = store.endpoints.get(name);
  if (endpoint === undefined) throw notFound(`Endpoint '${name}' does not exist.`);
  return endpoint;
}

/** What all operations answer about one. */
export const configOf = (endpoint: GlobalEndpoint) => ({
  Name: endpoint.name,
  Arn: endpoint.arn,
  RoutingConfig: endpoint.routing,
  ReplicationConfig: { State: endpoint.replication },
  EventBuses: [...endpoint.buses],
  RoleArn: endpoint.roleArn,
});

export const idOf = ({ id }: GlobalEndpoint) => ({
  EndpointId: id,
  EndpointUrl: `https://${id}.endpoint.events.amazonaws.com`,
});

/** On AWS one is `CREATING` for some minutes; here it is there at once. */
export const endpointAnswer = (endpoint: GlobalEndpoint) =>
  ({
    ...configOf(endpoint),
    ...idOf(endpoint),
    Description: endpoint.description,
    State: "ACTIVE",
    CreationTime: seconds(endpoint.createdAt),
    LastModifiedTime: seconds(endpoint.modifiedAt),
  }) satisfies Wire<Endpoint>;

/** Buses have one name in two regions, of which this must be one. User guide, global endpoints; the wording is ours. */
export function demandBuses(
  { store, site }: Context,
  buses: GlobalEndpoint["buses"],
  secondary: string,
): void {
  const arns = buses.map(({ EventBusArn }) => EventBusArn!);
  const names = new Set(arns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1)));
  const regions = arns.map((arn) => arn.split(":")[3]);
  const here = arns.find((arn) => arn.split(":")[3] === site.region);
  if (names.size > 1) throw invalid("Event buses of an endpoint must have the same name.");
  if (here === undefined || !regions.includes(secondary) || secondary === site.region)
    throw invalid(
      `Event buses of an endpoint must be in its region ${site.region} and in its secondary region ${secondary}.`,
    );
  if (store.find(here) === undefined) throw notFound(`Event bus ${here} does not exist.`);
}
