import type { Discoverer, Registry, Schema } from "./store.ts";

/** What is kept of the schema registry. */
export const kinds = {
  registry: "schemas.registry",
  schema: (registry: string) => `schemas.schema/${registry}`,
  discoverer: "schemas.discoverer",
} as const;

type SavedTags = readonly (readonly [string, string])[];

export type SavedRegistry = Pick<Registry, "arn" | "description" | "policy"> & { readonly tags: SavedTags };
export type SavedSchema = Omit<Schema, "tags"> & { readonly tags: SavedTags };
export type SavedDiscoverer = Omit<Discoverer, "tags"> & { readonly tags: SavedTags };

export const keepRegistry = ({ arn, description, policy, tags }: Registry): SavedRegistry => ({
  arn,
  description,
  policy,
  tags: [...tags],
});

export const keepSchema = (schema: Schema): SavedSchema => ({ ...schema, tags: [...schema.tags] });

export const keepDiscoverer = (discoverer: Discoverer): SavedDiscoverer => ({
  ...discoverer,
  tags: [...discoverer.tags],
});
