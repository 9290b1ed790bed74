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
  const bus = busOf(opened, source.bus, flag);
  return { ...opened, bus, warnings: [...opened.warnings, ...strays(opened, bus)] };
}

/** The bus that a name, ARN or logical id means. */
export const busOf = ({ model, name }: OpenBusModel, named: string | undefined, flag?: string): Bus =>
  chooseBus(model, named ?? "default", name, flag);

/** Rules on buses of which only the deploy says which they are: perhaps this one. */
const strays = ({ model }: OpenBusModel, bus: Bus): string[] =>
  model.buses
    .filter((other) => other !== bus && other.name.includes("${") && other.rules.length > 0)
    .map(({ name, rules }) => {
      const names = rules.map((rule) => rule.name).join(", ");
      return `${rules.length > 1 ? `rules ${names} are` : `rule ${names} is`} on bus ${name}, which is not known before the deploy, and not looked at: --parameter says which it is`;
    });
