import type { Message } from "./message.ts";

/** The order in which a queue's messages are handed out. Its owner keeps each message's state. */
export interface Line {
  /** A message has come, in any state. */
  enter(message: Message): void;
  /** A message that was delayed or in flight has become visible; `wasInFlight` says which. */
  show(message: Message, wasInFlight: boolean): void;
  /** A visible message is hidden without being taken. */
  hide(message: Message): void;
  /** A message goes for good; its state is still what it was. */
  leave(message: Message): void;
  /** The message whose turn it is. */
  first(): Message | undefined;
  /**
   * Up to `max` messages whose turn it is. `accept` marks each as in flight, or answers false when it has sent the
   * message elsewhere (by then it has left).
   */
  take(max: number, accept: (message: Message) => boolean): Message[];
}
