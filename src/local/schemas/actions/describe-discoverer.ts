import type { DescribeDiscovererRequest, DescribeDiscovererResponse } from "@aws-sdk/client-schemas";
import { discovererAnswer } from "../answers.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { discovererPath, ofDiscoverer } from "../shapes.ts";

export const describeDiscoverer = {
  name: "DescribeDiscoverer",
  method: "GET",
  path: discovererPath,
  status: 200,
  input: ofDiscoverer,
  run: ({ store }, { DiscovererId }) => discovererAnswer(store.discoverer(DiscovererId!)),
} satisfies Operation<Rest<DescribeDiscovererRequest>, Rest<DescribeDiscovererResponse>>;
