import type { Keeper } from "../data/ledger.ts";
import type { Site } from "../ports.ts";
import { kinds, type SavedDiscoverer, type SavedRegistry, type SavedSchema } from "./kept.ts";
import { awsRegistry, newRegistry, type Store } from "./store.ts";

/** Registries, schemas and discoverers, as they are kept. AWS's own registry is not. */
export const keeperOf = (site: Site, store: Store): Keeper => ({
  *snapshot() {
    for (const each of store.registries.snapshot()) if (each[1] !== awsRegistry) yield each;
    for (const registry of store.registries.values())
      if (registry.name !== awsRegistry) yield* registry.schemas.snapshot();
    yield* store.discoverers.snapshot();
  },
  restore(saved) {
    for (const [name, of] of saved.of<SavedRegistry>(kinds.registry)) {
      if (name === awsRegistry) continue;
      const registry = { ...newRegistry(site, name), ...of, tags: new Map(of.tags) };
      store.registries.set(name, registry);
      for (const [schema, it] of saved.of<SavedSchema>(kinds.schema(name)))
        registry.schemas.set(schema, { ...it, tags: new Map(it.tags) });
    }
    for (const [id, of] of saved.of<SavedDiscoverer>(kinds.discoverer))
      store.discoverers.set(id, { ...of, tags: new Map(of.tags) });
  },
});
