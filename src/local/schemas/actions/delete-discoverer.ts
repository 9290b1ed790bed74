import type { DeleteDiscovererRequest } from "@aws-sdk/client-schemas";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { discovererPath, ofDiscoverer } from "../shapes.ts";

/** What was discovered stays. */
export const deleteDiscoverer = {
  name: "DeleteDiscoverer",
  method: "DELETE",
  path: discovererPath,
  status: 204,
  input: ofDiscoverer,
  run({ store }, { DiscovererId }) {
    store.discoverers.delete(store.discoverer(DiscovererId!).id);
    return undefined;
  },
} satisfies Operation<Rest<DeleteDiscovererRequest>>;
