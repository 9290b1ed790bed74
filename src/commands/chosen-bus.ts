import { busNameOf } from "../core/arn.ts";
import { EvbError } from "../core/errors.ts";
import { nearNames } from "../core/near.ts";
import type { Bus } from "../core/route/bus.ts";
import { type BusSource, type OpenBusModel, openBusModel } from "./bus-source.ts";
import type { Stage } from "./stage.ts";

export interface ChosenBus extends OpenBusModel {
  /** The one of the model that is meant. */
  readonly bus: Bus;
}

/** One bus out of what `--from` or `--bus` name; the only bus of a file need not be named. */
export async function openChosenBus(stage: Stage, source: BusSource): Promise<ChosenBus> {
  const opened = await openBusModel(stage, source);
  const { buses } = opened.model;
  const wanted = busNameOf(source.bus);
  const withRules = buses.filter(({ rules }) => rules.length > 0);
  const only = wanted === "default" && withRules.length === 1 ? withRules[0] : undefined;
  const bus = buses.find(({ name, logicalId }) => name === wanted || logicalId === wanted) ?? only;
  if (bus !== undefined && !(bus.rules.length === 0 && only !== undefined)) return { ...opened, bus };
  if (only !== undefined) return { ...opened, bus: only };
  const names = buses.map(({ name }) => name);
  const near = nearNames(wanted, names);
  throw new EvbError("NOT_FOUND", `${opened.name} has no event bus ${wanted}`, [
    near.length > 0
      ? `is ${near.join(" or ")} meant?`
      : names.length > 0
        ? `name one with --bus: ${names.join(", ")}`
        : "it has no event bus at all",
  ]);
}
