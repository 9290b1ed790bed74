import type { Group } from "../../../core/redrive/group.ts";
import type { Scanned } from "../selection.ts";

/** A person does not leaf through more. */
const mostOfGroup = 100;
const most = 2000;

/** The messages that a person can look at while walking; the groups count all of them. */
export class Kept {
  readonly #byGroup = new Map<Group, Scanned[]>();
  #size = 0;

  add(group: Group, scanned: Scanned): void {
    const some = this.#byGroup.get(group) ?? [];
    this.#byGroup.set(group, some);
    if (some.length >= mostOfGroup || this.#size >= most) return;
    some.push(scanned);
    this.#size++;
  }

  of = (group: Group): readonly Scanned[] => this.#byGroup.get(group) ?? [];

  /** Ids of all messages of a group; undefined when not all are kept. */
  idsOf(group: Group): readonly string[] | undefined {
    const some = this.of(group);
    return some.length === group.count ? some.map(({ letter }) => letter.messageId) : undefined;
  }
}
