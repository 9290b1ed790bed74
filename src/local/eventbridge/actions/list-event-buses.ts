import type { ListEventBusesRequest, ListEventBusesResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { seconds } from "../time.ts";
import { structure } from "../validation/shape.ts";
import { busName, nextToken, pageLimit } from "../validation/shapes.ts";

export const listEventBuses = {
  name: "ListEventBuses",
  input: structure("ListEventBusesRequest", { NamePrefix: busName, NextToken: nextToken, Limit: pageLimit }),
  run({ store }, input) {
    const { items, next } = page(
      [...store.buses.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? "")),
      ({ name }) => name,
      input,
    );
    const EventBuses = items.map((bus) => ({
      Name: bus.name,
      Arn: bus.arn,
      Description: bus.description,
      Policy: bus.policy,
      CreationTime: seconds(bus.createdAt),
      LastModifiedTime: seconds(bus.modifiedAt),
    }));
    return { EventBuses, NextToken: next };
  },
} satisfies Operation<Wire<ListEventBusesRequest>, Wire<ListEventBusesResponse>>;
