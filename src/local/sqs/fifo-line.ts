import type { Line } from "./line.ts";
import { type Linked, List } from "./list.ts";
import type { Message } from "./message.ts";

/** The messages of one group, in the order in which they came. */
class Group implements Linked<Group> {
  readonly id: string;
  /** All of them, in every state: what is in flight keeps its place. */
  readonly messages = new List<Message>();
  inFlight = 0;
  ready = false;
  previous: Group | undefined;
  next: Group | undefined;

  constructor(id: string) {
    this.id = id;
  }
}

/** A FIFO queue: strictly in order within a group; nothing more of a group while a part of it is in flight. */
export class FifoLine implements Line {
  readonly #groups = new Map<string, Group>();
  /** Groups whose first message may be taken, in turn. */
  readonly #ready = new List<Group>();

  enter(message: Message): void {
    const id = message.content.groupId ?? "";
    const group = this.#groups.get(id) ?? new Group(id);
    this.#groups.set(id, group);
    group.messages.append(message);
    this.#review(group);
  }

  show(message: Message, wasInFlight: boolean): void {
    const group = this.#groupOf(message);
    if (wasInFlight) group.inFlight -= 1;
    this.#review(group);
  }

  hide(message: Message): void {
    const group = this.#groupOf(message);
    group.inFlight += 1;
    this.#review(group);
  }

  leave(message: Message): void {
    const group = this.#groupOf(message);
    if (message.state === "inFlight") group.inFlight -= 1;
    group.messages.remove(message);
    this.#review(group);
  }

  first(): Message | undefined {
    return this.#ready.head?.messages.head;
  }

  take(max: number, accept: (message: Message) => boolean): Message[] {
    const taken: Message[] = [];
    for (let group = this.#ready.head; group !== undefined && taken.length < max; ) {
      const following = group.next;
      for (let message = group.messages.head; message?.state === "visible" && taken.length < max; ) {
        const next: Message | undefined = message.next;
        if (accept(message)) {
          group.inFlight += 1;
          taken.push(message);
        }
        message = next;
      }
      this.#review(group);
      group = following;
    }
    return taken;
  }

  #groupOf(message: Message): Group {
    return this.#groups.get(message.content.groupId ?? "")!;
  }

  /** Puts a group where it now belongs: among the ready ones, aside, or away when nothing is left of it. */
  #review(group: Group): void {
    const { head } = group.messages;
    const ready = group.inFlight === 0 && head?.state === "visible";
    if (ready !== group.ready) {
      if (ready) this.#ready.append(group);
      else this.#ready.remove(group);
      group.ready = ready;
    }
    if (head === undefined) this.#groups.delete(group.id);
  }
}
