import { archiveLimits } from "../../../core/limits.ts";
import type { Site } from "../../ports.ts";
import type { Deliveries } from "../delivery/deliveries.ts";
import { type BusEvent, replayedAs } from "../event.ts";
import type { Bus, Store } from "../store.ts";
import { eventsOf, type Replay } from "./archive.ts";

/** Between two steps of a replay. On AWS these are minutes. */
export const stepMs = 20;

/**
 * Runs a replay in the background: one step of the clock for each minute of events. One that was kept goes on behind
 * the last minute that it had sent.
 */
export function runReplay(site: Site, store: Store, deliveries: Deliveries, replay: Replay): void {
  const { archive, from, to, upTo, lastMinute = -1 } = replay;
  const buckets = bucketsOf(
    eventsOf(archive, site.clock.now())
      .slice(0, upTo - archive.forgotten)
      .filter(({ time }) => time >= from && time <= to && minuteOf(time) > lastMinute),
  );
  const only = replay.destination.FilterArns?.length ? new Set(replay.destination.FilterArns) : undefined;
  const step = (): void => {
    // A reset has forgotten it, or its archive is gone.
    if (store.replays.get(replay.name) !== replay || replay.endedAt !== undefined) return;
    if (replay.state === "CANCELLING") end("CANCELLED");
    else {
      replay.state = "RUNNING";
      const bucket = buckets.shift();
      const bus = store.find(replay.destination.Arn);
      if (bucket === undefined) end("COMPLETED");
      // What AWS does with a replay whose bus is deleted is not documented.
      else if (bus === undefined) end("FAILED");
      else send(bucket, bus);
    }
    store.replays.touch(replay.name);
  };
  const send = (bucket: readonly BusEvent[], bus: Bus): void => {
    for (const event of bucket) {
      deliveries.publish(bus, replayedAs(event, replay.name, site.clock.now()), only);
      replay.lastEventAt = event.time;
      replay.lastMinute = minuteOf(event.time);
    }
    replay.nextAt = site.clock.now() + stepMs;
    site.clock.after(stepMs, step);
  };
  const end = (state: "COMPLETED" | "CANCELLED" | "FAILED"): void => {
    replay.state = state;
    replay.endedAt = site.clock.now();
  };
  site.clock.after(replay.nextAt - site.clock.now(), step);
}

const minuteOf = (time: number): number => Math.floor(time / archiveLimits.bucketMs);

/** Events by minute of their own time, the earliest first. */
function bucketsOf(events: readonly BusEvent[]): BusEvent[][] {
  const buckets = new Map<number, BusEvent[]>();
  for (const event of events) {
    const minute = minuteOf(event.time);
    const bucket = buckets.get(minute);
    if (bucket === undefined) buckets.set(minute, [event]);
    else bucket.push(event);
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([, bucket]) => bucket);
}
