import type { DescribeEndpointRequest, DescribeEndpointResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { endpointName, homeRegion } from "../validation/endpoint-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { endpointAnswer, endpointOf } from "./global-endpoint.ts";

export const describeEndpoint = {
  name: "DescribeEndpoint",
  input: structure("DescribeEndpointRequest", { Name: required(endpointName), HomeRegion: homeRegion }),
  run: (context, { Name }) => endpointAnswer(endpointOf(context, Name!)),
} satisfies Operation<Wire<DescribeEndpointRequest>, Wire<DescribeEndpointResponse>>;
