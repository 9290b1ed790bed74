import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { fullJitter } from "../../core/backoff.ts";
import type { Clock, Random } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
import { callOnce } from "./patience.ts";
import { readRefusal } from "./refusal.ts";

export interface BusCheck {
  /** Resolves to a warning where the bus could not be checked; throws when it is not there. Asks AWS once a bus. */
  demand(bus: string): Promise<string | undefined>;
}

interface Tries {
  readonly clock: Clock;
  readonly random: Random;
  readonly maxAttempts: number;
  /** Leaves a call that has no answer yet: it changes nothing. */
  readonly stop: AbortSignal;
}

/** PutEvents takes events for a bus that does not exist, answers success, and drops them: so it is asked beforehand. */
export function openBusCheck(client: EventBridgeClient, where: string, tries: Tries): BusCheck {
  const asked = new Map<string, Promise<string | undefined>>();
  return {
    demand(bus) {
      const known = asked.get(bus) ?? check(client, bus, where, tries);
      asked.set(bus, known);
      return known;
    },
  };
}

async function check(
  client: EventBridgeClient,
  bus: string,
  where: string,
  { clock, random, maxAttempts, stop }: Tries,
): Promise<string | undefined> {
  const { busExists } = await import("../../aws/events.ts");
  for (let attempt = 1; ; attempt++) {
    try {
      if (await callOnce((signal) => busExists(client, bus, signal), clock, stop)) return undefined;
      throw new EvbError("NOT_FOUND", `event bus ${bus} does not exist in ${where}`, [
        "PutEvents would answer success and drop the events, so nothing was sent to it",
        "check --bus, --region and --profile; `aws events list-event-buses` lists the buses",
      ]);
    } catch (error) {
      if (error instanceof EvbError) throw error;
      const refusal = readRefusal(error);
      if (/^AccessDenied/.test(refusal.code))
        return `whether the bus ${bus} exists could not be checked (events:DescribeEventBus is denied); a missing bus would drop the events`;
      if (refusal.kind !== "transient" || attempt >= maxAttempts || stop.aborted) throw error;
      await clock.sleep(fullJitter({ baseMs: 100, capMs: 2000 }, attempt, random), stop);
    }
  }
}
