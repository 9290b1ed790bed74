import { Heap, type Slotted } from "../heap.ts";
import type { Line } from "./line.ts";
import { List } from "./list.ts";
import type { Message } from "./message.ts";

/** The messages of one group, or all that have none. */
class Source implements Slotted {
  readonly group: string | undefined;
  /** Oldest first; what is shown again goes to the end. */
  readonly visible = new List<Message>();
  inFlight = 0;
  slot = -1;

  constructor(group: string | undefined) {
    this.group = group;
  }
}

/** With fewer in flight nobody is in anybody's way. */
const leastNoise = 10;

/**
 * A standard queue: oldest first as far as it goes. Where messages have groups it is a fair queue: a group that holds up
 * more than its share comes after all others, until it no longer does. AWS does not publish the share; here it is more
 * than half of what is in flight. User guide, fair queues.
 */
export class StandardLine implements Line {
  readonly #ungrouped = new Source(undefined);
  readonly #groups = new Map<string, Source>();
  /** Those that have something visible, the noisy one left out. */
  readonly #quiet = new Heap<Source>((a, b) => a.visible.head!.turn < b.visible.head!.turn);
  /** There can be only one that has more than half. */
  #noisy: Source | undefined;
  #inFlight = 0;

  enter(message: Message): void {
    if (message.state === "visible") this.show(message, false);
  }

  show(message: Message, wasInFlight: boolean): void {
    const source = this.#sourceOf(message);
    if (wasInFlight) this.#count(source, -1);
    source.visible.append(message);
    this.#review(source);
  }

  hide(message: Message): void {
    const source = this.#sourceOf(message);
    source.visible.remove(message);
    this.#count(source, 1);
    this.#review(source);
  }

  leave(message: Message): void {
    if (message.state === "delayed") return;
    const source = this.#sourceOf(message);
    if (message.state === "visible") source.visible.remove(message);
    else this.#count(source, -1);
    this.#review(source);
  }

  first(): Message | undefined {
    return (this.#quiet.top() ?? this.#noisy)?.visible.head;
  }

  take(max: number, accept: (message: Message) => boolean): Message[] {
    const taken: Message[] = [];
    while (taken.length < max) {
      const message = this.first();
      if (message === undefined) break;
      if (!accept(message)) continue;
      this.hide(message);
      taken.push(message);
    }
    return taken;
  }

  #sourceOf({ content: { groupId } }: Message): Source {
    if (groupId === undefined) return this.#ungrouped;
    let source = this.#groups.get(groupId);
    if (source === undefined) {
      source = new Source(groupId);
      this.#groups.set(groupId, source);
    }
    return source;
  }

  #count(source: Source, more: 1 | -1): void {
    source.inFlight += more;
    this.#inFlight += more;
  }

  /** Puts a source where it now belongs, and the noisy one when it is that no longer. */
  #review(source: Source): void {
    const before = this.#noisy;
    if (before !== undefined && !this.#isNoisy(before)) {
      this.#noisy = undefined;
      if (before !== source) this.#place(before);
    }
    if (this.#isNoisy(source)) this.#noisy = source;
    this.#place(source);
  }

  #isNoisy({ group, inFlight }: Source): boolean {
    return group !== undefined && inFlight >= leastNoise && inFlight * 2 > this.#inFlight;
  }

  #place(source: Source): void {
    const isEmpty = source.visible.head === undefined;
    if (source === this.#noisy || isEmpty) this.#quiet.delete(source);
    else if (source.slot < 0) this.#quiet.push(source);
    else this.#quiet.moved(source);
    if (isEmpty && source.inFlight === 0 && source.group !== undefined) this.#groups.delete(source.group);
  }
}
