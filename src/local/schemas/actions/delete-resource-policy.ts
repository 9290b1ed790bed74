import type { DeleteResourcePolicyRequest } from "@aws-sdk/client-schemas";
import { demand } from "../check.ts";
import { notFound } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofRegistry } from "../shapes.ts";

export const deleteResourcePolicy = {
  name: "DeleteResourcePolicy",
  method: "DELETE",
  path: "/v1/policy",
  status: 204,
  query: { registryName: "RegistryName" },
  input: ofRegistry,
  run({ store }, { RegistryName }) {
    const registry = store.registry(demand(RegistryName, "registryName"));
    if (registry.policy === undefined) throw notFound(`Registry ${registry.name} has no policy.`);
    registry.policy = undefined;
    store.registries.touch(registry.name);
    return undefined;
  },
} satisfies Operation<Rest<DeleteResourcePolicyRequest>>;
