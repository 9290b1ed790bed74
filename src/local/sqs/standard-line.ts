import type { Line } from "./line.ts";
import { List } from "./list.ts";
import type { Message } from "./message.ts";

/** A standard queue: oldest first as far as it goes; what is shown again goes to the end. */
export class StandardLine implements Line {
  readonly #visible = new List<Message>();

  enter(message: Message): void {
    if (message.state === "visible") this.#visible.append(message);
  }

  show(message: Message): void {
    this.#visible.append(message);
  }

  hide(message: Message): void {
    this.#visible.remove(message);
  }

  leave(message: Message): void {
    if (message.state === "visible") this.#visible.remove(message);
  }

  first(): Message | undefined {
    return this.#visible.head;
  }

  take(max: number, accept: (message: Message) => boolean): Message[] {
    const taken: Message[] = [];
    while (taken.length < max) {
      const message = this.#visible.head;
      if (message === undefined) break;
      if (!accept(message)) continue;
      this.#visible.remove(message);
      taken.push(message);
    }
    return taken;
  }
}
