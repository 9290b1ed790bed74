import { EvbError } from "../errors.ts";
import { putLimits } from "./limits.ts";

/** What is wrong with a bus name or ARN, or `undefined`. The words follow the name of the field or flag. */
export function busFault(bus: string): string | undefined {
  if (isNewBus(bus)) return `${newBusWords}: ${bus}`;
  if (bus.length > putLimits.busNameChars)
    return `has ${bus.length} characters; at most ${putLimits.busNameChars} are allowed`;
  if (bus.startsWith("arn:"))
    return /^arn:aws[\w-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[./\-_A-Za-z0-9]+$/.test(bus)
      ? undefined
      : `is no ARN of an event bus: ${bus}`;
  return /^[./\-_A-Za-z0-9]+$/.test(bus)
    ? undefined
    : `is no bus name: ${JSON.stringify(bus)} (letters, digits, ".", "-", "_" and "/")`;
}

/** Throws what `busFault` finds in a flag. */
export function demandBus(bus: string, flag = "--bus"): void {
  if (isNewBus(bus))
    throw new EvbError("NOT_SUPPORTED", `${flag} ${newBusWords}: ${bus}`, [
      "evb speaks to the default bus and to custom event buses with rules and targets (event-bus/NAME)",
    ]);
  const fault = busFault(bus);
  if (fault) throw new EvbError("BAD_USAGE", `${flag} ${fault}`, ["give the bus's name or its ARN"]);
}

/** AWS's newer product of the same name: other API, other signing, no rules and targets. */
const isNewBus = (bus: string): boolean => /^arn:[^:]*:[^:]*:[^:]*:[^:]*:event-busv2\//.test(bus);
const newBusWords =
  "names a bus of the newer Custom Event Bus product (event-busv2), which evb does not speak to";
