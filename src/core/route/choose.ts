import { busNameOf } from "../arn.ts";
import { EvbError } from "../errors.ts";
import { nearNames } from "../near.ts";
import type { Bus, BusModel } from "./bus.ts";

/**
 * The bus of a model that is meant, by name, ARN or logical id; the only one with rules need not be named. `source` is what messages call the model,
 * `flag` how the reader would name a bus.
 */
export function chooseBus({ buses }: BusModel, named: string, source: string, flag = "--bus"): Bus {
  const wanted = busNameOf(named);
  const exact = buses.find(({ arn }) => arn === named);
  if (exact !== undefined) return exact;
  const called = buses.filter(({ name }) => name === wanted);
  if (called.length > 1)
    throw new EvbError("BAD_USAGE", `${source} has ${called.length} event buses ${wanted}`, [
      `name one by its ARN with ${flag}: ${called.map(({ arn }) => arn).join(", ")}`,
      "or name the file of one stack, or the folder of one stage",
    ]);
  const withRules = buses.filter(({ rules }) => rules.length > 0);
  const only = wanted === "default" && withRules.length === 1 ? withRules[0] : undefined;
  const bus = buses.find(({ name, logicalId }) => name === wanted || logicalId === wanted) ?? only;
  if (bus !== undefined && !(bus.rules.length === 0 && only !== undefined)) return bus;
  if (only !== undefined) return only;
  const names = buses.map(({ name }) => name);
  const near = nearNames(wanted, names);
  // What is deployed was asked for by this name, so that it is a file in which it is not.
  throw new EvbError("BAD_SOURCE", `${source} has no event bus ${wanted}`, [
    near.length > 0
      ? `is ${near.join(" or ")} meant?`
      : names.length > 0
        ? `name one with ${flag}: ${names.join(", ")}`
        : "it has no event bus at all",
  ]);
}
