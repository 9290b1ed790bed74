import type { DescribeRegistryRequest, DescribeRegistryResponse } from "@aws-sdk/client-schemas";
import { registryAnswer } from "../answers.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofRegistry, registryPath } from "../shapes.ts";

export const describeRegistry = {
  name: "DescribeRegistry",
  method: "GET",
  path: registryPath,
  status: 200,
  input: ofRegistry,
  run: ({ store }, { RegistryName }) => registryAnswer(store.registry(RegistryName!)),
} satisfies Operation<Rest<DescribeRegistryRequest>, Rest<DescribeRegistryResponse>>;
