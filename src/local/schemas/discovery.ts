import { busArn } from "../../core/arn.ts";
import { discoverSchema, type Envelope, isEnvelope, levelsOf } from "../../core/schema/discover.ts";
import { schemaLimits } from "../../core/schema/limits.ts";
import { schemaNameOf } from "../../core/schema/name.ts";
import type { Context } from "./operation.ts";
import { addSchema, discoveredRegistry, newRegistry, type Registry } from "./store.ts";

/**
 * Takes note of an event (the text of its envelope) on a bus: where a discoverer watches the bus, the schema of the
 * event's kind is in `discovered-schemas` afterwards. AWS takes some minutes for it.
 */
export function observe(context: Context, bus: string, text: string): void {
  const { site, store } = context;
  if (store.discoverers.size === 0) return;
  const arn = busArn(site, bus);
  const watching = [...store.discoverers.values()].filter(
    ({ state, sourceArn }) => state === "STARTED" && sourceArn === arn,
  );
  if (watching.length === 0 || Buffer.byteLength(text) > schemaLimits.discoveredBytes) return;
  const event: unknown = JSON.parse(text);
  if (!isEnvelope(event)) return;
  const foreign = (event as { account?: unknown }).account !== site.account;
  if (foreign && !watching.some(({ crossAccount }) => crossAccount)) return;
  if (levelsOf(event, schemaLimits.discoveredLevels) <= schemaLimits.discoveredLevels) keep(context, event);
}

/** A new version comes when the last one is not true of the event; that it also holds for those before is our choice. */
function keep(context: Context, event: Envelope): void {
  const { site, store } = context;
  const registry = store.registries.get(discoveredRegistry) ?? makeRegistry(context);
  const name = schemaNameOf(event.source, event["detail-type"]);
  const before = registry.schemas.get(name);
  const latest = before?.versions.at(-1);
  const content = JSON.stringify(discoverSchema([event], latest?.content));
  if (latest?.content === content) return;
  const createdAt = site.clock.now();
  const full =
    before === undefined
      ? registry.schemas.size >= schemaLimits.discoveredSchemas
      : before.versions.length >= schemaLimits.versionsPerSchema;
  if (full) site.log(`schema ${name} is not discovered: the registry's quota is used up`);
  else if (before === undefined) {
    const schema = addSchema(site, registry, name, { content, type: "OpenApi3", createdAt });
    schema.description = `Events ${event["detail-type"]} of ${event.source}`.slice(
      0,
      schemaLimits.descriptionChars,
    );
    registry.schemas.touch(name);
  } else {
    before.versions = [
      ...before.versions,
      { number: latest!.number + 1, content, type: "OpenApi3", createdAt },
    ];
    before.modifiedAt = createdAt;
    registry.schemas.touch(name);
  }
}

/** It comes into being with the first discoverer. */
export function makeRegistry({ site, store }: Context): Registry {
  const registry = newRegistry(site, discoveredRegistry);
  store.registries.set(discoveredRegistry, registry);
  return registry;
}
