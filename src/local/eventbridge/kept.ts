import type {
  LogConfig,
  ReplayDestination,
  ReplayState,
  RuleState,
  Target,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../wire.ts";
import type { Archive, Replay } from "./archive/archive.ts";
import type { Outcome } from "./delivery/outcome.ts";
import type { Job } from "./delivery/tries.ts";
import type { Destination } from "./destination/destination.ts";
import type { BusEvent } from "./event.ts";
import type { Bus, Rule, Tags } from "./store.ts";

/** What is kept of buses and all that belongs to them. */
export const kinds = {
  bus: "events.bus",
  rule: "events.rule",
  archive: "events.archive",
  archived: (archive: string) => `events.archived/${archive}`,
  replay: "events.replay",
  connection: "events.connection",
  destination: "events.destination",
  endpoint: "events.endpoint",
  source: "events.source",
  job: "events.job",
} as const;

type SavedTags = readonly (readonly [string, string])[];
const keepTags = (tags: Tags): SavedTags => [...tags];

export interface SavedBus {
  readonly description?: string | undefined;
  readonly kmsKey?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  readonly log?: LogConfig | undefined;
  readonly policy?: string | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly tags: SavedTags;
}

export const keepBus = ({ name: _name, arn: _arn, rules: _rules, ...bus }: Bus): SavedBus => ({
  ...bus,
  tags: keepTags(bus.tags),
});

export interface SavedRule {
  readonly name: string;
  readonly bus: string;
  readonly pattern?: string | undefined;
  readonly schedule?: string | undefined;
  readonly scheduledAt?: number | undefined;
  readonly state: RuleState;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly managedBy?: string | undefined;
  readonly tags: SavedTags;
  readonly targets: readonly Wire<Target>[];
  /** Name of the archive that it feeds. */
  readonly archive?: string | undefined;
}

export const keepRule = ({ arn: _arn, compiled: _compiled, ...rule }: Rule): SavedRule => ({
  ...rule,
  tags: keepTags(rule.tags),
  targets: [...rule.targets.values()],
  archive: rule.archive?.name,
});

export type SavedArchive = Omit<Archive, "compiled" | "events">;

export const keepArchive = ({ compiled: _compiled, events: _events, ...archive }: Archive): SavedArchive =>
  archive;

export type SavedEvent = Omit<BusEvent, "trace"> & { readonly trace?: string | undefined };

export interface SavedReplay {
  /** Its archive may be gone. */
  readonly archive: { readonly name: string; readonly arn: string; readonly busArn: string };
  readonly arn: string;
  readonly description?: string | undefined;
  readonly destination: Wire<ReplayDestination>;
  readonly upTo: number;
  readonly nextAt: number;
  readonly lastMinute?: number | undefined;
  readonly from: number;
  readonly to: number;
  readonly state: ReplayState;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly lastEventAt?: number | undefined;
}

export const keepReplay = ({ name: _name, archive, ...replay }: Replay): SavedReplay => ({
  ...replay,
  archive: { name: archive.name, arn: archive.arn, busArn: archive.busArn },
});

export type SavedDestination = Omit<Destination, "pace">;

export const keepDestination = ({ pace: _pace, ...destination }: Destination): SavedDestination =>
  destination;

/** A delivery that is not yet done with. */
export interface SavedJob {
  readonly ruleArn: string;
  readonly target: Wire<Target>;
  readonly event: SavedEvent;
  readonly body: string;
  readonly number: number;
  /** When the next try is due; absent while one is under way. */
  readonly dueAt?: number | undefined;
  /** There is no next try: at that moment it is given up for this reason. */
  readonly failed?: Extract<Outcome, { ok: false }> | undefined;
}

/** Where a delivery is. */
export type JobState = Pick<SavedJob, "number" | "dueAt" | "failed">;

export const keepJob = ({ rule, target, event, body }: Job, state: JobState): SavedJob => ({
  ruleArn: rule.arn,
  target,
  event,
  body,
  ...state,
});
