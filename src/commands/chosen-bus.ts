import type { Bus } from "../core/route/bus.ts";
import { chooseBus } from "../core/route/choose.ts";
import { type BusSource, type OpenBusModel, openBusModel } from "./bus-source.ts";
import type { Stage } from "./stage.ts";

export interface ChosenBus extends OpenBusModel {
  /** The one of the model that is meant. */
  readonly bus: Bus;
}

/** One bus out of what `--from` or `--bus` name; the only bus of a file need not be named. */
export async function openChosenBus(stage: Stage, source: BusSource, flag?: string): Promise<ChosenBus> {
  const opened = await openBusModel(stage, source);
  return { ...opened, bus: busOf(opened, source.bus, flag) };
}

/** The bus that a name, ARN or logical id means. */
export const busOf = ({ model, name }: OpenBusModel, named: string | undefined, flag?: string): Bus =>
  chooseBus(model, named ?? "default", name, flag);
