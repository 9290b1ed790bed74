import type { DeleteRegistryRequest } from "@aws-sdk/client-schemas";
import { checkOwn } from "../check.ts";
import { badRequest } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofRegistry, registryPath } from "../shapes.ts";

/** That a registry must be empty is what deployment tools take for granted; no source says what AWS answers. */
export const deleteRegistry = {
  name: "DeleteRegistry",
  method: "DELETE",
  path: registryPath,
  status: 204,
  input: ofRegistry,
  run({ store }, { RegistryName }) {
    const registry = store.registry(RegistryName!);
    checkOwn(registry.name);
    if (registry.schemas.size > 0) throw badRequest(`Registry ${registry.name} still has schemas.`);
    store.registries.delete(registry.name);
    return undefined;
  },
} satisfies Operation<Rest<DeleteRegistryRequest>>;
