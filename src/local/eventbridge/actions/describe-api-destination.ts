import type {
  DescribeApiDestinationRequest,
  DescribeApiDestinationResponse,
} from "@aws-sdk/client-eventbridge";
import { destinationLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { namedUpTo } from "../validation/shapes.ts";
import { destinationOf, listedDestination } from "./destination.ts";

export const describeApiDestination = {
  name: "DescribeApiDestination",
  input: structure("DescribeApiDestinationRequest", {
    Name: required(namedUpTo(destinationLimits.nameChars)),
  }),
  run(context, { Name }) {
    const destination = destinationOf(context, Name!, "describe");
    return { ...listedDestination(context, destination), Description: destination.description };
  },
} satisfies Operation<Wire<DescribeApiDestinationRequest>, Wire<DescribeApiDestinationResponse>>;
