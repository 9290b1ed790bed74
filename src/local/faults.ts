/** When a fault strikes: of the calls that it is about, counted from 1 since it was added. Without any, each time. */
interface When {
  /** `SendMessage`, `PutEvents`; `*` for all. */
  readonly operation: string;
  /** Only calls whose input is so. */
  readonly where?: ((input: object) => boolean) | undefined;
  /** Just these calls. */
  readonly nth?: number | readonly number[] | undefined;
  /** Each call whose number can be divided by this. */
  readonly every?: number | undefined;
}

/** What can go wrong with a call. */
export type FaultKind =
  /** Refused for its rate; nothing is done. */
  | { readonly kind: "throttle" }
  /** Answered with an error; nothing is done. Status 500 and `InternalFailure` unless it says otherwise. */
  | {
      readonly kind: "error";
      readonly status?: number | undefined;
      readonly code?: string | undefined;
      readonly message?: string | undefined;
    }
  /** Never answered; nothing is done. */
  | { readonly kind: "hang" }
  /** The connection is reset; nothing is done. */
  | { readonly kind: "reset" }
  /** Done, and answered so much later. */
  | { readonly kind: "late"; readonly ms: number }
  /** Done, but the connection is reset in place of the answer. */
  | { readonly kind: "lose-answer" }
  /** The entries of a batch at these places (from 0) fail; the others are done. `InternalFailure` unless it says otherwise. */
  | {
      readonly kind: "fail-entries";
      readonly entries: readonly number[];
      readonly code?: string | undefined;
      readonly message?: string | undefined;
    };

export type Fault = When & FaultKind;

/** What goes wrong on purpose. The first fault added that strikes is the one that counts. */
export interface Faults {
  /** The result takes it back. */
  add(fault: Fault): () => void;
  clear(): void;
  /** How many calls of an operation there have been since the start or the last `clear`. */
  calls(operation: string): number;
}

export class FaultPlan implements Faults {
  readonly #faults = new Set<{ readonly fault: Fault; seen: number }>();
  readonly #calls = new Map<string, number>();

  add(fault: Fault): () => void {
    const entry = { fault, seen: 0 };
    this.#faults.add(entry);
    return () => void this.#faults.delete(entry);
  }

  clear(): void {
    this.#faults.clear();
    this.#calls.clear();
  }

  calls(operation: string): number {
    return this.#calls.get(operation) ?? 0;
  }

  /** Counts a call, and answers what happens to it. */
  next(operation: string, input: object): FaultKind | undefined {
    this.#calls.set(operation, this.calls(operation) + 1);
    let found: Fault | undefined;
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (fault.operation !== "*" && fault.operation !== operation) continue;
      if (fault.where !== undefined && !fault.where(input)) continue;
      entry.seen += 1;
      if (found === undefined && strikes(fault, entry.seen)) found = fault;
    }
    return found;
  }
}

function strikes({ nth, every }: When, call: number): boolean {
  if (nth === undefined && every === undefined) return true;
  return [nth ?? []].flat().includes(call) || (every !== undefined && call % every === 0);
}
