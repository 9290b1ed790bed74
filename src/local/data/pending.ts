import type { Ledger } from "./ledger.ts";

interface Changes {
  /** Everything of the kind that was there before is gone. */
  cleared: boolean;
  /** What each thing is now; `undefined` for one that is gone. */
  readonly things: Map<string, (() => unknown) | undefined>;
}

/** One change as it is written: `[kind, id, value]`, `[kind, id]` for what is gone, `[kind]` for all of a kind. */
export type Change = readonly [kind: string, id?: string, value?: unknown];

/** What has changed since it was last written. A thing that changed twice is there once. */
export class Pending implements Ledger {
  readonly #kinds = new Map<string, Changes>();
  readonly #onFirst: () => void;

  /** `onFirst` is called when something is pending that was not. */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  get isEmpty(): boolean {
    return this.#kinds.size === 0;
  }

  put(kind: string, id: string, render: () => unknown): void {
    this.#of(kind).things.set(id, render);
  }

  drop(kind: string, id: string): void {
    this.#of(kind).things.set(id, undefined);
  }

  dropAll(kind: string): void {
    const changes = this.#of(kind);
    changes.cleared = true;
    changes.things.clear();
  }

  render(): Change[] {
    const changes: Change[] = [];
    for (const [kind, { cleared, things }] of this.#kinds) {
      if (cleared) changes.push([kind]);
      for (const [id, render] of things)
        changes.push(render === undefined ? [kind, id] : [kind, id, render()]);
    }
    return changes;
  }

  clear(): void {
    this.#kinds.clear();
  }

  #of(kind: string): Changes {
    let changes = this.#kinds.get(kind);
    if (changes === undefined) {
      if (this.#kinds.size === 0) this.#onFirst();
      changes = { cleared: false, things: new Map() };
      this.#kinds.set(kind, changes);
    }
    return changes;
  }
}
