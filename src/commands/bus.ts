import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { describeBus } from "../aws/rules.ts";
import { busNameOf, type Home, parseArn } from "../core/arn.ts";
import { EvbError } from "../core/errors.ts";
import { demandBus } from "../core/event/bus.ts";
import type { Connection } from "./connect.ts";

export interface FoundBus {
  readonly name: string;
  readonly home: Home;
}

/** The bus of `--bus`, a name or ARN; it is an error when it does not exist. */
export async function findBus(connection: Connection, bus: string): Promise<FoundBus> {
  demandBus(bus);
  const events = await connection.events();
  await demandRegion(events, bus);
  const arn = parseArn((await describeBus(events, bus))?.Arn ?? "");
  if (arn === undefined)
    throw new EvbError("NOT_FOUND", `event bus ${bus} does not exist in ${connection.where}`, [
      "list them: aws events list-event-buses",
      "check --bus, --region and --profile",
    ]);
  return { name: busNameOf(bus), home: arn };
}

/** AWS answers a question about a bus of another region as if there were none. */
async function demandRegion(events: EventBridgeClient, bus: string): Promise<void> {
  const wanted = parseArn(bus)?.region;
  if (wanted === undefined) return;
  const region = await events.config.region();
  if (wanted !== region)
    throw new EvbError("BAD_USAGE", `the bus is in ${wanted}, but the region is ${region}`, [
      `add --region ${wanted}`,
    ]);
}
