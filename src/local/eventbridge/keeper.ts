import type { Target } from "@aws-sdk/client-eventbridge";
import { ruleArn } from "../../core/arn.ts";
import type { Keeper, Kept, Saved } from "../data/ledger.ts";
import type { Wire } from "../wire.ts";
import { beginAuthorization } from "./actions/connection.ts";
import { isActive } from "./actions/replay.ts";
import type { Archive } from "./archive/archive.ts";
import { runReplay } from "./archive/replays.ts";
import type { Connection } from "./destination/connection.ts";
import { openTokens } from "./destination/tokens.ts";
import { restoreEvent } from "./event.ts";
import type { GlobalEndpoint } from "./global-endpoint.ts";
import {
  keepRule,
  kinds,
  type SavedArchive,
  type SavedBus,
  type SavedDestination,
  type SavedEvent,
  type SavedJob,
  type SavedReplay,
  type SavedRule,
} from "./kept.ts";
import type { Context } from "./operation.ts";
import type { PartnerSource } from "./partner-source.ts";
import { readPattern } from "./pattern.ts";
import { newBus, type Rule } from "./store.ts";

/** Buses and all that belongs to them, as they are kept. */
export const keeperOf = (context: Context): Keeper => ({
  snapshot: () => snapshot(context),
  restore(saved) {
    restoreBuses(context, saved);
    restoreArchives(context, saved);
    restoreRules(context, saved);
    restoreDestinations(context, saved);
    restoreReplays(context, saved);
    const { endpoints, sources } = context.store;
    for (const [name, of] of saved.of<GlobalEndpoint>(kinds.endpoint)) endpoints.set(name, of);
    for (const [name, of] of saved.of<PartnerSource>(kinds.source)) sources.set(name, of);
    // A turn later: nothing is sent before all services have their state.
    for (const [id, job] of saved.of<SavedJob>(kinds.job)) context.deliveries.resume(id, job);
  },
});

function* snapshot({ store, deliveries }: Context): Iterable<Kept> {
  yield* store.buses.snapshot();
  yield* store.archives.snapshot();
  yield* store.replays.snapshot();
  yield* store.connections.snapshot();
  yield* store.destinations.snapshot();
  yield* store.endpoints.snapshot();
  yield* store.sources.snapshot();
  for (const bus of store.buses.values())
    for (const rule of bus.rules.values()) yield [kinds.rule, rule.arn, keepRule(rule)];
  for (const archive of store.archives.values())
    for (const [at, event] of archive.events.entries())
      yield [kinds.archived(archive.name), String(archive.forgotten + at), event];
  for (const [id, job] of deliveries.jobs()) yield [kinds.job, id, job];
}

function restoreBuses({ site, store }: Context, saved: Saved): void {
  for (const [name, bus] of saved.of<SavedBus>(kinds.bus))
    store.buses.set(name, { ...newBus(site, name), ...bus, tags: new Map(bus.tags) });
}

function restoreArchives({ store }: Context, saved: Saved): void {
  for (const [name, of] of saved.of<SavedArchive>(kinds.archive)) {
    const events = [...saved.of<SavedEvent>(kinds.archived(name))]
      .map(([number, event]) => [Number(number), event] as const)
      // What was forgotten is not taken out of the file one by one.
      .filter(([number]) => number >= of.forgotten)
      .sort(([a], [b]) => a - b);
    store.archives.set(name, {
      ...of,
      compiled: of.pattern === undefined ? undefined : readPattern(of.pattern),
      events: events.map(([, event]) => restoreEvent(event)),
      forgotten: events[0]?.[0] ?? of.forgotten,
    });
  }
}

function restoreRules({ site, store, schedules }: Context, saved: Saved): void {
  for (const of of saved.of<SavedRule>(kinds.rule).values()) {
    const archive = of.archive === undefined ? undefined : store.archives.get(of.archive);
    const rule: Rule = {
      ...(of as Omit<Rule, "arn" | "compiled" | "tags" | "targets" | "archive">),
      arn: ruleArn(site, of.bus, of.name),
      // An archive looks at events itself.
      compiled: of.pattern === undefined || archive !== undefined ? undefined : readPattern(of.pattern),
      tags: new Map(of.tags),
      targets: new Map(of.targets.map((target: Wire<Target>) => [target.Id!, target])),
      archive,
    };
    store.buses.get(of.bus)?.rules.put(rule);
    schedules.resume(rule);
  }
}

function restoreDestinations(context: Context, saved: Saved): void {
  const { store } = context;
  for (const [name, connection] of saved.of<Connection>(kinds.connection)) {
    store.connections.set(name, connection);
    // Its answer went to a process that is no more.
    if (connection.state === "AUTHORIZING") beginAuthorization(context, connection);
  }
  for (const [name, of] of saved.of<SavedDestination>(kinds.destination))
    store.destinations.set(name, { ...of, pace: openTokens(of.callsPerSecond) });
}

function restoreReplays({ site, store, deliveries }: Context, saved: Saved): void {
  for (const [name, of] of saved.of<SavedReplay>(kinds.replay)) {
    const archive = store.archives.get(of.archive.name);
    const replay = {
      name,
      description: undefined,
      lastMinute: undefined,
      endedAt: undefined,
      lastEventAt: undefined,
      ...of,
      archive: archive?.arn === of.archive.arn ? archive : gone(of.archive),
    };
    store.replays.set(name, replay);
    if (isActive(replay)) runReplay(site, store, deliveries, replay);
  }
}

/** An archive that was deleted, as a replay of it still names it. */
const gone = (of: SavedReplay["archive"]): Archive => ({
  ...of,
  description: undefined,
  pattern: undefined,
  compiled: undefined,
  retentionDays: 0,
  kmsKey: undefined,
  state: "DISABLED",
  createdAt: 0,
  events: [],
  forgotten: 0,
});
