import type { ListApiDestinationsRequest, ListApiDestinationsResponse } from "@aws-sdk/client-eventbridge";
import { destinationLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { connectionArn } from "../validation/connection-shapes.ts";
import { structure } from "../validation/shape.ts";
import { namedUpTo, nextToken, pageLimit } from "../validation/shapes.ts";
import { listedDestination } from "./destination.ts";

export const listApiDestinations = {
  name: "ListApiDestinations",
  input: structure("ListApiDestinationsRequest", {
    NamePrefix: namedUpTo(destinationLimits.nameChars),
    ConnectionArn: connectionArn,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run(context, input) {
    const destinations = [...context.store.destinations.values()].filter(
      (destination) =>
        destination.name.startsWith(input.NamePrefix ?? "") &&
        (input.ConnectionArn === undefined || destination.connectionArn === input.ConnectionArn),
    );
    const { items, next } = page(destinations, ({ name }) => name, input);
    return { ApiDestinations: items.map((item) => listedDestination(context, item)), NextToken: next };
  },
} satisfies Operation<Wire<ListApiDestinationsRequest>, Wire<ListApiDestinationsResponse>>;
