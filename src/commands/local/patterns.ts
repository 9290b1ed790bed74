import { compilePattern } from "../../core/pattern/index.ts";
import type { BusModel } from "../../core/route/index.ts";
import { demandFaultless, type Fault } from "../../core/route/source/fault.ts";

/** Patterns that the emulator would refuse: told all at once and with their places, before half of a file is made. */
export function demandPatterns(model: BusModel, file: string): void {
  const patterns = model.buses.flatMap(({ rules, archives = [] }) => [
    ...rules.map(({ name, pattern, place, unknowns }) => ({
      name,
      place,
      pattern: unknowns.some(({ path }) => path.startsWith("pattern")) ? undefined : pattern,
    })),
    ...archives,
  ]);
  const faults = patterns.flatMap(({ name, pattern, place }): Fault[] => {
    if (pattern === undefined) return [];
    try {
      compilePattern(pattern);
      return [];
    } catch (error) {
      return [
        {
          place: place ?? { file },
          logicalId: name,
          what: `Event pattern is not valid. Reason: ${(error as Error).message}`,
        },
      ];
    }
  });
  demandFaultless(faults);
}
