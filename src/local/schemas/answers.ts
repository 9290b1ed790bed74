import { notFound } from "./faults.ts";
import { renderTime } from "./rest.ts";
import type { Discoverer, Registry, Schema, Store, Tags, Version } from "./store.ts";

/** What operations answer about a registry. */
export const registryAnswer = ({ name, arn, description, tags }: Registry) => ({
  RegistryArn: arn,
  RegistryName: name,
  ...(description !== undefined && { Description: description }),
  tags: Object.fromEntries(tags),
});

/** What operations answer about a version of a schema, without its content. */
export const schemaAnswer = (schema: Schema, version: Version) => ({
  SchemaArn: schema.arn,
  SchemaName: schema.name,
  SchemaVersion: String(version.number),
  Type: version.type,
  LastModified: renderTime(schema.modifiedAt),
  VersionCreatedDate: renderTime(version.createdAt),
  ...(schema.description !== undefined && { Description: schema.description }),
  tags: Object.fromEntries(schema.tags),
});

export const discovererAnswer = (discoverer: Discoverer) => ({
  DiscovererArn: discoverer.arn,
  DiscovererId: discoverer.id,
  SourceArn: discoverer.sourceArn,
  State: discoverer.state,
  CrossAccount: discoverer.crossAccount,
  ...(discoverer.description !== undefined && { Description: discoverer.description }),
  tags: Object.fromEntries(discoverer.tags),
});

/** The version of that number, the latest for none. */
export function versionOf(schema: Schema, number: string | undefined): Version {
  const found =
    number === undefined
      ? schema.versions.at(-1)
      : schema.versions.find((version) => String(version.number) === number);
  if (found === undefined) throw notFound(`Schema ${schema.name} has no version ${number}.`);
  return found;
}

/** Tags, and how to say that they have changed. */
interface Tagged {
  readonly tags: Tags;
  readonly touch: () => void;
}

/** The tags of the registry, schema or discoverer with this ARN. */
export function taggedBy(store: Store, arn: string): Tagged {
  const { registries, discoverers } = store;
  for (const registry of registries.values()) {
    const { name, tags, schemas } = registry;
    if (registry.arn === arn) return { tags, touch: () => registries.touch(name) };
    for (const schema of schemas.values())
      if (schema.arn === arn) return { tags: schema.tags, touch: () => schemas.touch(schema.name) };
  }
  for (const { id, tags, arn: own } of discoverers.values())
    if (own === arn) return { tags, touch: () => discoverers.touch(id) };
  throw notFound(`Resource ${arn} does not exist.`);
}
