/** What a list can hold: the entry carries its own links, and is in at most one list. */
export interface Linked<T> {
  previous: T | undefined;
  next: T | undefined;
}

/** A doubly linked list: appending, and removing any entry, take constant time and leave nothing behind. */
export class List<T extends Linked<T>> {
  head: T | undefined;
  #tail: T | undefined;

  append(entry: T): void {
    entry.previous = this.#tail;
    entry.next = undefined;
    if (this.#tail === undefined) this.head = entry;
    else this.#tail.next = entry;
    this.#tail = entry;
  }

  remove(entry: T): void {
    if (entry.previous === undefined) this.head = entry.next;
    else entry.previous.next = entry.next;
    if (entry.next === undefined) this.#tail = entry.previous;
    else entry.next.previous = entry.previous;
    entry.previous = undefined;
    entry.next = undefined;
  }
}
