import type { Type } from "@aws-sdk/client-schemas";
import { type Home, renderArn } from "../../core/arn.ts";
import { Shelf } from "../data/shelf.ts";
import type { Site } from "../ports.ts";
import { awsEvents } from "./aws-events.ts";
import { notFound } from "./faults.ts";
import { keepDiscoverer, keepRegistry, keepSchema, kinds } from "./kept.ts";

export type Tags = Map<string, string>;

export interface Version {
  /** Counts from 1. */
  readonly number: number;
  readonly content: string;
  readonly type: Type;
  /** Milliseconds. */
  readonly createdAt: number;
}

export interface Schema {
  readonly name: string;
  readonly arn: string;
  readonly registry: string;
  description: string | undefined;
  modifiedAt: number;
  /** In order; never empty. */
  versions: readonly Version[];
  readonly tags: Tags;
}

export interface Registry {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  policy: { readonly text: string; readonly revision: string } | undefined;
  readonly schemas: Shelf<Schema>;
  readonly tags: Tags;
}

export interface Discoverer {
  readonly id: string;
  readonly arn: string;
  readonly sourceArn: string;
  description: string | undefined;
  crossAccount: boolean;
  state: "STARTED" | "STOPPED";
  readonly tags: Tags;
}

/** All that the service remembers. */
export interface Store {
  readonly registries: Shelf<Registry>;
  readonly discoverers: Shelf<Discoverer>;
  /** Throws AWS's refusal when there is none; so do the next two. */
  registry(name: string): Registry;
  schema(registry: string, name: string): Schema;
  discoverer(id: string): Discoverer;
  clear(): void;
}

/** AWS's own registry, which everybody can read and nobody can change. */
export const awsRegistry = "aws.events";
export const discoveredRegistry = "discovered-schemas";

export function openStore(site: Site): Store {
  const registries = new Shelf<Registry>(site.ledger, kinds.registry, keepRegistry);
  const discoverers = new Shelf<Discoverer>(site.ledger, kinds.discoverer, keepDiscoverer);
  const clear = () => {
    registries.clear();
    discoverers.clear();
    registries.set(awsRegistry, awsEventsRegistry(site, site.clock.now()));
  };
  clear();
  const registry = (name: string): Registry => {
    const found = registries.get(name);
    if (found === undefined) throw notFound(`Registry ${name} does not exist.`);
    return found;
  };
  return {
    registries,
    discoverers,
    registry,
    schema(registryName, name) {
      const found = registry(registryName).schemas.get(name);
      if (found === undefined) throw notFound(`Schema ${name} does not exist in registry ${registryName}.`);
      return found;
    },
    discoverer(id) {
      const found = discoverers.get(id);
      if (found === undefined) throw notFound(`Discoverer ${id} does not exist.`);
      return found;
    },
    clear,
  };
}

export const newRegistry = (site: Site, name: string): Registry => ({
  name,
  arn: renderArn(site, "schemas", `registry/${name}`),
  description: undefined,
  policy: undefined,
  schemas: new Shelf(site.ledger, kinds.schema(name), keepSchema),
  tags: new Map(),
});

/** Puts a schema with its first version into a registry. */
export function addSchema(
  home: Home,
  registry: Registry,
  name: string,
  first: Omit<Version, "number">,
): Schema {
  const schema: Schema = {
    name,
    arn: renderArn(home, "schemas", `schema/${registry.name}/${name}`),
    registry: registry.name,
    description: undefined,
    modifiedAt: first.createdAt,
    versions: [{ number: 1, ...first }],
    tags: new Map(),
  };
  registry.schemas.set(name, schema);
  return schema;
}

/** It is the same each time, so nobody keeps it. */
function awsEventsRegistry(site: Site, createdAt: number): Registry {
  const home = { ...site, account: "", ledger: undefined };
  const registry = newRegistry(home, awsRegistry);
  for (const { name, content, description } of awsEvents())
    addSchema(home, registry, name, {
      content,
      type: "OpenApi3",
      createdAt,
    }).description = description;
  return registry;
}
