import type { DescribeEventSourceRequest, DescribeEventSourceResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { sourceAnswer, sourceOf } from "./partner-source.ts";

export const describeEventSource = {
  name: "DescribeEventSource",
  input: structure("DescribeEventSourceRequest", { Name: required(sourceName) }),
  run: (context, { Name }) => sourceAnswer(context, sourceOf(context, Name!)),
} satisfies Operation<Wire<DescribeEventSourceRequest>, Wire<DescribeEventSourceResponse>>;
