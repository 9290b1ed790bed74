import type { Bus } from "../../core/route/index.ts";
import { type OpenBusModel, openBusModel } from "../bus-source.ts";
import { busOf } from "../chosen-bus.ts";
import type { Stage } from "../stage.ts";
import type { RulesSource } from "./flags.ts";

export interface OpenRules extends OpenBusModel {
  /** The buses that are meant: all of a file, or the one that is named. The model may hold others that they send to. */
  readonly buses: readonly Bus[];
}

/** Reads the buses that a verb is about. `queues`: those behind a deployed bus as well. */
export async function openRules(stage: Stage, source: RulesSource, queues = false): Promise<OpenRules> {
  const opened = await openBusModel(stage, source, { queues });
  if (source.from !== undefined && source.bus === undefined) return { ...opened, buses: opened.model.buses };
  return { ...opened, buses: [busOf(opened, source.bus)] };
}
