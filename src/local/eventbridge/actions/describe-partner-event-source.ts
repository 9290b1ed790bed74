import type {
  DescribePartnerEventSourceRequest,
  DescribePartnerEventSourceResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { partnerAnswer, sourceOf } from "./partner-source.ts";

export const describePartnerEventSource = {
  name: "DescribePartnerEventSource",
  input: structure("DescribePartnerEventSourceRequest", { Name: required(sourceName) }),
  run: (context, { Name }) => partnerAnswer(sourceOf(context, Name!)),
} satisfies Operation<Wire<DescribePartnerEventSourceRequest>, Wire<DescribePartnerEventSourceResponse>>;
