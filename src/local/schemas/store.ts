import type { Type } from "@aws-sdk/client-schemas";
import { type Home, renderArn } from "../../core/arn.ts";
import { awsEvents } from "./aws-events.ts";
import { notFound } from "./faults.ts";

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
  readonly schemas: Map<string, Schema>;
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
  readonly registries: Map<string, Registry>;
  readonly discoverers: Map<string, Discoverer>;
  /** Throws AWS's refusal when there is none; so do the next two. */
  registry(name: string): Registry;
  schema(registry: string, name: string): Schema;
  discoverer(id: string): Discoverer;
  clear(): void;
}

/** AWS's own registry, which everybody can read and nobody can change. */
export const awsRegistry = "aws.events";
export const discoveredRegistry = "discovered-schemas";

export function openStore(home: Home, now: () => number): Store {
  const registries = new Map<string, Registry>();
  const discoverers = new Map<string, Discoverer>();
  const clear = () => {
    registries.clear();
    discoverers.clear();
    registries.set(awsRegistry, awsEventsRegistry(home, now()));
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

export const newRegistry = (home: Home, name: string): Registry => ({
  name,
  arn: renderArn(home, "schemas", `registry/${name}`),
  description: undefined,
  policy: undefined,
  schemas: new Map(),
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

function awsEventsRegistry(home: Home, createdAt: number): Registry {
  const registry = newRegistry({ ...home, account: "" }, awsRegistry);
  for (const { name, content, description } of awsEvents())
    addSchema({ ...home, account: "" }, registry, name, {
      content,
      type: "OpenApi3",
      createdAt,
    }).description = description;
  return registry;
}
