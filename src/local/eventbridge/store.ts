import type { LogConfig, RuleState, Target } from "@aws-sdk/client-eventbridge";
import { busArn, busNameOf } from "../../core/arn.ts";
import type { Pattern } from "../../core/pattern/index.ts";
import { Shelf } from "../data/shelf.ts";
import type { Site } from "../ports.ts";
import type { Wire } from "../wire.ts";
import type { Archive, Replay } from "./archive/archive.ts";
import type { Connection } from "./destination/connection.ts";
import type { Destination } from "./destination/destination.ts";
import { busMissing, ruleMissing } from "./faults.ts";
import type { GlobalEndpoint } from "./global-endpoint.ts";
import { keepArchive, keepBus, keepDestination, keepReplay, kinds } from "./kept.ts";
import type { PartnerSource } from "./partner-source.ts";
import { Rules } from "./rules.ts";

export type Tags = Map<string, string>;

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  pattern: string | undefined;
  compiled: Pattern | undefined;
  schedule: string | undefined;
  /** When the schedule began, in milliseconds: a rate counts from here. */
  scheduledAt?: number | undefined;
  state: RuleState;
  description: string | undefined;
  roleArn: string | undefined;
  /** The service that made it, such as `events.amazonaws.com`. */
  managedBy: string | undefined;
  readonly tags: Tags;
  readonly targets: Map<string, Wire<Target>>;
  /** The archive that this rule feeds. */
  readonly archive?: Archive | undefined;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  kmsKey: string | undefined;
  deadLetterArn: string | undefined;
  log: LogConfig | undefined;
  /** As it was put, or as statements made it. */
  policy: string | undefined;
  readonly createdAt: number;
  modifiedAt: number;
  readonly tags: Tags;
  readonly rules: Rules;
}

/** All that the service remembers. */
export interface Store {
  readonly buses: Shelf<Bus>;
  readonly archives: Shelf<Archive>;
  readonly replays: Shelf<Replay>;
  readonly connections: Shelf<Connection>;
  readonly destinations: Shelf<Destination>;
  readonly endpoints: Shelf<GlobalEndpoint>;
  /** Partners' event sources. */
  readonly sources: Shelf<PartnerSource>;
  /** By name or ARN; the default bus for nothing. */
  find(nameOrArn: string | undefined): Bus | undefined;
  /** The same; throws AWS's refusal when there is none. */
  bus(nameOrArn: string | undefined): Bus;
  rule(bus: Bus, name: string): Rule;
  clear(): void;
}

export function openStore(site: Site): Store {
  const { ledger } = site;
  const buses = new Shelf<Bus>(ledger, kinds.bus, keepBus);
  const archives = new Shelf<Archive>(ledger, kinds.archive, keepArchive);
  const replays = new Shelf<Replay>(ledger, kinds.replay, keepReplay);
  const connections = new Shelf<Connection>(ledger, kinds.connection, (connection) => connection);
  const destinations = new Shelf<Destination>(ledger, kinds.destination, keepDestination);
  const endpoints = new Shelf<GlobalEndpoint>(ledger, kinds.endpoint, (endpoint) => endpoint);
  const sources = new Shelf<PartnerSource>(ledger, kinds.source, (source) => source);
  const clear = () => {
    for (const all of [buses, archives, replays, connections, destinations, endpoints, sources]) all.clear();
    buses.set("default", newBus(site, "default"));
  };
  clear();
  const find = (nameOrArn: string | undefined): Bus | undefined => {
    const bus = buses.get(busNameOf(nameOrArn));
    // The ARN may be that of another account's bus of the same name.
    return nameOrArn?.startsWith("arn:") && bus?.arn !== nameOrArn ? undefined : bus;
  };
  return {
    buses,
    archives,
    replays,
    connections,
    destinations,
    endpoints,
    sources,
    find,
    bus(nameOrArn) {
      const bus = find(nameOrArn);
      if (bus === undefined) throw busMissing(busNameOf(nameOrArn));
      return bus;
    },
    rule(bus, name) {
      const rule = bus.rules.get(name);
      if (rule === undefined) throw ruleMissing(name, bus.name);
      return rule;
    },
    clear,
  };
}

export function newBus(site: Site, name: string): Bus {
  const now = site.clock.now();
  return {
    name,
    arn: busArn(site, name),
    description: undefined,
    kmsKey: undefined,
    deadLetterArn: undefined,
    log: undefined,
    policy: undefined,
    createdAt: now,
    modifiedAt: now,
    tags: new Map(),
    rules: new Rules(site.ledger),
  };
}
