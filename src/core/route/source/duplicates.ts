import type { Place } from "../bus.ts";
import { type Faults, renderPlace } from "./fault.ts";
import type { Draft } from "./model.ts";

/**
 * Tells of buses and rules that are defined twice: what one of them does, the other would undo. Rules of which the deploy
 * makes perhaps only one are no duplicates.
 */
export function tellDuplicates({ buses, rules }: Draft, faults: Faults): void {
  const sure = rules.filter(({ unknowns }) =>
    unknowns.every(({ path }) => path !== "rule" && path !== "bus"),
  );
  tell("event bus", buses, faults);
  tell("rule", sure, faults);
}

interface Named {
  readonly name: string;
  readonly arn: string;
  readonly place?: Place;
  readonly logicalId?: string;
}

function tell(what: string, all: readonly Named[], faults: Faults): void {
  const known = new Map<string, Named>();
  for (const one of all) {
    const before = known.get(one.arn);
    if (before?.place === undefined || one.place === undefined) known.set(one.arn, one);
    else
      faults.about(one.logicalId ?? one.name, () =>
        faults.add(
          one.place!,
          `${what} ${one.name} is defined at ${renderPlace(before.place!)} already`,
          "of several stages or stacks, name the folder or file of one",
        ),
      );
  }
}
