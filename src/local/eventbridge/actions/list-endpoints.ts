import type { ListEndpointsRequest, ListEndpointsResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { endpointName, endpointPage, homeRegion } from "../validation/endpoint-shapes.ts";
import { integer, structure } from "../validation/shape.ts";
import { nextToken } from "../validation/shapes.ts";
import { endpointAnswer } from "./global-endpoint.ts";

export const listEndpoints = {
  name: "ListEndpoints",
  input: structure("ListEndpointsRequest", {
    NamePrefix: endpointName,
    HomeRegion: homeRegion,
    NextToken: nextToken,
    MaxResults: integer(endpointPage),
  }),
  run({ store, site }, { NamePrefix = "", HomeRegion = site.region, NextToken, MaxResults }) {
    const found = [...store.endpoints.values()].filter(
      ({ name }) => HomeRegion === site.region && name.startsWith(NamePrefix),
    );
    const { items, next } = page(found, ({ name }) => name, { NextToken, Limit: MaxResults });
    return { Endpoints: items.map(endpointAnswer), NextToken: next };
  },
} satisfies Operation<Wire<ListEndpointsRequest>, Wire<ListEndpointsResponse>>;
