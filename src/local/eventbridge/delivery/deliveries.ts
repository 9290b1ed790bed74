import { transformInputs } from "../../../core/transform/index.ts";
import type { Queues, Site, Topics } from "../../ports.ts";
import { keepEvent } from "../archive/archive.ts";
import type { BusEvent } from "../event.ts";
import type { SavedJob } from "../kept.ts";
import type { EventBridgeOptions } from "../options.ts";
import type { Bus, Rule, Store } from "../store.ts";
import { renderTime } from "../time.ts";
import { utf8Of } from "../utf8.ts";
import type { DeliveryRecord } from "./record.ts";
import { openRecords } from "./records.ts";
import { Tries } from "./tries.ts";

/** The way of events from a bus to its targets. */
export interface Deliveries {
  /** Hands an event to every rule of the bus that matches; `only` limits it to the rules with these ARNs. */
  publish(bus: Bus, event: BusEvent, only?: ReadonlySet<string>): void;
  /** Hands an event to the targets of one rule, whether it matches or not: what a schedule does. */
  invoke(rule: Rule, event: BusEvent): void;
  records(): readonly DeliveryRecord[];
  /** Deliveries that are under way or will be tried again. */
  jobs(): Iterable<readonly [id: string, job: SavedJob]>;
  /** Goes on with one that was kept. */
  resume(id: string, job: SavedJob): void;
  /** Gives up every retry that is due. */
  stop(): void;
  /** The same, and forgets the records. */
  clear(): void;
}

export interface DeliveryContext {
  readonly site: Site;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly store: Store;
  readonly options: EventBridgeOptions;
}

export function openDeliveries(context: DeliveryContext): Deliveries {
  const records = openRecords(context.options);
  const deliveries: Deliveries = {
    publish(bus, event, only) {
      context.options.onEvent?.(event.text, bus.name);
      const bytes = utf8Of(event.text);
      for (const archive of bus.rules.archives()) keepEvent(context.site, archive, event, bytes);
      for (const rule of bus.rules.matching(bytes))
        if (only === undefined || only.has(rule.arn)) deliveries.invoke(rule, event);
    },
    invoke(rule, event) {
      const inputOf = transformInputs(event.text);
      const facts = {
        ruleArn: rule.arn,
        ruleName: rule.name,
        ingestionTime: renderTime(event.receivedAt),
      };
      for (const target of rule.targets.values()) {
        const input = inputOf(target, facts);
        if (input.ok) tries.start({ rule, target, event, body: input.body });
        else {
          // AWS says nothing at all here, so the log does.
          context.site.log(
            `event ${event.id} is not delivered to target ${target.Id} of ${rule.arn}: ${input.reason}`,
          );
          records.add(
            {
              eventId: event.id,
              ruleArn: rule.arn,
              targetId: target.Id!,
              targetArn: target.Arn!,
              at: context.site.clock.now(),
              attempts: 0,
              status: "skipped",
              reason: input.reason,
            },
            event.text,
          );
        }
      }
    },
    records: records.list,
    jobs: () => tries.jobs(),
    resume: (id, job) => tries.resume(id, job),
    stop: () => tries.clear(),
    clear() {
      tries.clear();
      records.clear();
    },
  };
  const tries = new Tries(context, deliveries, records);
  return deliveries;
}
