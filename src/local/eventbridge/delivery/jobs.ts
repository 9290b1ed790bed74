import type { Ledger } from "../../data/ledger.ts";
import { type JobState, keepJob, kinds, type SavedJob } from "../kept.ts";
import type { Job } from "./tries.ts";

/** Deliveries that are under way or due, for a ledger; without one nothing is remembered here. */
export class Jobs {
  readonly #ledger: Ledger | undefined;
  readonly #all = new Map<Job, { readonly id: string; state: JobState }>();
  #last = 0;

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  *snapshot(): Iterable<readonly [id: string, job: SavedJob]> {
    for (const [job, { id, state }] of this.#all) yield [id, keepJob(job, state)];
  }

  /** A delivery is in this state now. */
  note(job: Job, state: JobState): void {
    if (this.#ledger === undefined) return;
    const known = this.#all.get(job);
    if (known === undefined) this.#last += 1;
    const entry = known ?? { id: String(this.#last), state };
    entry.state = state;
    this.#all.set(job, entry);
    this.#ledger.put(kinds.job, entry.id, () => keepJob(job, entry.state));
  }

  takeBack(id: string, job: Job, state: JobState): void {
    this.#last = Math.max(this.#last, Number(id));
    this.#all.set(job, { id, state });
  }

  /** A delivery is done with. */
  end(job: Job): void {
    const known = this.#all.get(job);
    if (known === undefined) return;
    this.#all.delete(job);
    this.#ledger?.drop(kinds.job, known.id);
  }

  /** Forgets them here; what the ledger has stays. */
  clear(): void {
    this.#all.clear();
  }
}
