import type { Service, Site } from "../ports.ts";
import { operations } from "./actions/index.ts";
import { observe } from "./discovery.ts";
import { keeperOf } from "./keeper.ts";
import type { Context } from "./operation.ts";
import { openStore } from "./store.ts";

export interface SchemasService extends Service {
  /** To be told of every event (its text) that a bus (its name) takes. */
  observe(bus: string, event: string): void;
}

/** The EventBridge schema registry, as REST JSON speaks it. */
export function openSchemasService(site: Site, hasBus: Context["hasBus"]): SchemasService {
  const store = openStore(site);
  const context: Context = { site, store, hasBus };
  return {
    target: "Schemas",
    contentType: "application/json",
    errorPrefix: () => "",
    actions: new Map(operations.map((each) => [each.name, (input) => each.run(context, input)])),
    inputs: Object.fromEntries(operations.map(({ name, input }) => [name, input])),
    rest: operations.map(({ name, method, path, status, query }) => ({
      operation: name,
      method,
      path,
      status,
      ...(query === undefined ? {} : { query }),
    })),
    observe: (bus, event) => observe(context, bus, event),
    keeper: keeperOf(site, store),
    reset: () => store.clear(),
  };
}
