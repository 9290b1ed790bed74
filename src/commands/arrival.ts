import { type Home, parseArn } from "../core/arn.ts";
import type { Clock } from "../core/clock.ts";
import type { Arrival } from "../core/event/complete.ts";

/** Stands for the id that EventBridge would give; the same for every event, so that outputs can be compared. */
const id = "00000000-0000-0000-0000-000000000000";

/** What EventBridge would add to an event that came to a bus now. */
export function arrivalAt(busArn: string, clock: Clock): Arrival {
  const { account = "000000000000", region = "us-east-1" }: Partial<Home> = parseArn(busArn) ?? {};
  return { account, region, id, time: new Date(clock.now()).toISOString().replace(/\.\d+/, "") };
}
