import { EvbError } from "../../errors.ts";
import type { Place } from "../bus.ts";

/** A mistake in a file, or something that its reader should know. */
export interface Fault {
  readonly place: Place;
  /** The resource that it is about. */
  readonly logicalId?: string | undefined;
  readonly what: string;
  /** How to mend it. */
  readonly mend?: string | undefined;
}

/** Collects all mistakes and warnings of a source, so that they can be told at once. */
export class Faults {
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];
  #logicalId: string | undefined;

  /** What is added meanwhile is about this resource. */
  about<T>(logicalId: string, read: () => T): T {
    const before = this.#logicalId;
    this.#logicalId = logicalId;
    try {
      return read();
    } finally {
      this.#logicalId = before;
    }
  }

  add(place: Place, what: string, mend?: string): void {
    put(this.faults, { place, logicalId: this.#logicalId, what, mend });
  }

  warn(place: Place, what: string, mend?: string): void {
    put(this.warnings, { place, logicalId: this.#logicalId, what, mend });
  }
}

/** A value that is read twice is faulty once. */
function put(list: Fault[], fault: Fault): void {
  const text = renderFault(fault);
  if (!list.some((other) => renderFault(other) === text)) list.push(fault);
}

/** `template.yaml:12:7: OrderRule: no Arn (…)`. */
export function renderFault({ place, logicalId, what, mend }: Fault): string {
  const head = [renderPlace(place), logicalId].filter((part) => part !== undefined).join(": ");
  return `${head}: ${what}${mend === undefined ? "" : ` (${mend})`}`;
}

export const renderPlace = ({ file, line, column }: Place): string =>
  [file, line, column].filter((part) => part !== undefined).join(":");

/** Throws when there are mistakes: the first in the sentence, the others below it. */
export function demandFaultless(faults: readonly Fault[]): void {
  const [first, ...rest] = faults.map(renderFault);
  if (first === undefined) return;
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : "";
  throw new EvbError("BAD_SOURCE", `${first}${more}`, rest);
}
