import type { GetResourcePolicyRequest, GetResourcePolicyResponse } from "@aws-sdk/client-schemas";
import { demand } from "../check.ts";
import { notFound } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofRegistry } from "../shapes.ts";

export const getResourcePolicy = {
  name: "GetResourcePolicy",
  method: "GET",
  path: "/v1/policy",
  status: 200,
  query: { registryName: "RegistryName" },
  input: ofRegistry,
  run({ store }, { RegistryName }) {
    const { name, policy } = store.registry(demand(RegistryName, "registryName"));
    if (policy === undefined) throw notFound(`Registry ${name} has no policy.`);
    return { Policy: policy.text, RevisionId: policy.revision };
  },
} satisfies Operation<Rest<GetResourcePolicyRequest>, Rest<GetResourcePolicyResponse>>;
