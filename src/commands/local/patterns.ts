import { compilePattern } from "../../core/pattern/index.ts";
import type { BusModel } from "../../core/route/index.ts";
import type { Fault } from "../../core/route/source/fault.ts";

/** Patterns that the emulator would refuse, with their places. */
export function faultsOfPatterns(model: BusModel, file: string): readonly Fault[] {
  const patterns = model.buses.flatMap(({ rules, archives = [] }) => [
    ...rules.map(({ name, pattern, place, places, unknowns }) => ({
      name,
      place: places?.pattern ?? place,
      pattern: unknowns.some(({ path }) => path.startsWith("pattern")) ? undefined : pattern,
    })),
    ...archives,
  ]);
  return patterns.flatMap(({ name, pattern, place }): Fault[] => {
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
}
