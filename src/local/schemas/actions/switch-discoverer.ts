import type {
  StartDiscovererRequest,
  StartDiscovererResponse,
  StopDiscovererRequest,
  StopDiscovererResponse,
} from "@aws-sdk/client-schemas";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { discovererPath, ofDiscoverer } from "../shapes.ts";
import type { Discoverer, Store } from "../store.ts";

export const startDiscoverer = {
  name: "StartDiscoverer",
  method: "POST",
  path: `${discovererPath}/start`,
  status: 200,
  input: ofDiscoverer,
  run: ({ store }, { DiscovererId }) => switchTo(store, DiscovererId!, "STARTED"),
} satisfies Operation<Rest<StartDiscovererRequest>, Rest<StartDiscovererResponse>>;

export const stopDiscoverer = {
  name: "StopDiscoverer",
  method: "POST",
  path: `${discovererPath}/stop`,
  status: 200,
  input: ofDiscoverer,
  run: ({ store }, { DiscovererId }) => switchTo(store, DiscovererId!, "STOPPED"),
} satisfies Operation<Rest<StopDiscovererRequest>, Rest<StopDiscovererResponse>>;

function switchTo(store: Store, id: string, state: Discoverer["state"]) {
  const discoverer = store.discoverer(id);
  discoverer.state = state;
  store.discoverers.touch(id);
  return { DiscovererId: discoverer.id, State: state };
}
