import { renderArn } from "../../core/arn.ts";
import { Shelf } from "../data/shelf.ts";
import type { Site } from "../ports.ts";
import type { Attributes } from "./attributes/check.ts";
import { queueMissing, sqsFault } from "./faults.ts";
import { dropQueue, kinds } from "./kept.ts";
import { sqsLimits } from "./limits.ts";
import { Message } from "./message.ts";
import type { MoveTask } from "./move/task.ts";
import { Queue } from "./queue.ts";

/** All queues, and what is remembered beyond them. */
export class Store {
  readonly #site: Site;
  readonly #queues = new Map<string, Queue>();
  /** When queues of these names were deleted. */
  readonly deletedAt: Shelf<number>;
  /** Newest first. */
  readonly moveTasks: MoveTask[] = [];
  #serial = 0;

  constructor(site: Site) {
    this.#site = site;
    this.deletedAt = new Shelf(site.ledger, kinds.deleted, (at) => at);
  }

  get queues(): Iterable<Queue> {
    return this.#queues.values();
  }

  arnOf(name: string): string {
    return renderArn(this.#site, "sqs", name);
  }

  /** Attributes that have been checked; the name is free. */
  create(name: string, attributes: Attributes): Queue {
    const deletedAt = this.deletedAt.get(name);
    if (deletedAt !== undefined && this.#site.clock.now() - deletedAt < sqsLimits.nameCooldownMs)
      throw sqsFault(
        "QueueDeletedRecently",
        "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
      );
    this.deletedAt.delete(name);
    this.#serial += 1;
    this.#site.ledger?.put(kinds.counter, "serial", () => this.#serial);
    return this.#add(name, this.#serial, attributes);
  }

  /** A queue that was kept; it is empty yet. */
  takeBack(name: string, serial: number, values: Attributes): Queue {
    this.noteSerial(serial);
    return this.#add(name, serial, values);
  }

  /** The number that the last queue got. */
  get serial(): number {
    return this.#serial;
  }

  /** This number is taken. */
  noteSerial(serial: number): void {
    this.#serial = Math.max(this.#serial, serial);
  }

  delete(queue: Queue): void {
    this.#queues.delete(queue.origin.name);
    this.deletedAt.set(queue.origin.name, this.#site.clock.now());
    queue.clear();
    if (this.#site.ledger !== undefined) dropQueue(this.#site.ledger, String(queue.origin.serial));
    queue.polls.fail(queueMissing());
  }

  byName(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  byArn(arn: string): Queue | undefined {
    const queue = this.#queues.get(arn.slice(arn.lastIndexOf(":") + 1));
    return queue?.origin.arn === arn ? queue : undefined;
  }

  /** By the path of its URL; the host does not matter, as it differs inside and outside a container. */
  byUrl(url: string): Queue | undefined {
    const [name, account] = url.split("/").reverse();
    if (account !== undefined && account !== this.#site.account) return undefined;
    return this.#queues.get(name!);
  }

  /** Remembers a task, and only the newest of each source. */
  addMoveTask(task: MoveTask): void {
    this.moveTasks.unshift(task);
    task.touch();
    const { source } = task.order;
    const old = this.moveTasks.filter(({ order }) => order.source === source)[sqsLimits.moveTasksKept];
    if (old === undefined) return;
    this.moveTasks.splice(this.moveTasks.indexOf(old), 1);
    this.#site.ledger?.drop(kinds.task, old.id);
  }

  /** Forgets everything, cool-downs included. */
  clear(): void {
    for (const task of this.moveTasks.splice(0)) task.stop();
    for (const queue of this.#queues.values()) queue.polls.fail(queueMissing());
    this.#queues.clear();
    this.deletedAt.clear();
  }

  #add(name: string, serial: number, attributes: Attributes): Queue {
    const queue = new Queue(
      {
        name,
        arn: this.arnOf(name),
        url: `${this.#site.url}/${this.#site.account}/${name}`,
        fifo: attributes.FifoQueue === "true",
        serial,
        clock: this.#site.clock,
        ledger: this.#site.ledger,
        deadLetter: (message, from) => this.#deadLetter(message, from),
      },
      attributes,
    );
    this.#queues.set(name, queue);
    return queue;
  }

  /**
   * Moves a message to its dead-letter queue as it is. Its age goes on counting, except in a FIFO queue, where it also
   * gets its own id as its deduplication id. Developer guide, dead-letter queues.
   */
  #deadLetter(message: Message, from: Queue): boolean {
    const to = this.byArn(from.settings.redrive?.targetArn ?? "");
    if (to === undefined || to === from) return false;
    from.remove(message);
    const { fifo } = to.origin;
    const letter = new Message({
      id: message.id,
      content: fifo ? { ...message.content, deduplicationId: message.id } : message.content,
      sentAt: message.sentAt,
      enqueuedAt: fifo ? this.#site.clock.now() : message.enqueuedAt,
      sequence: to.nextSequence(),
      deadLetterSource: from.origin.arn,
    });
    letter.receiveCount = message.receiveCount;
    letter.firstReceivedAt = message.firstReceivedAt;
    to.add(letter, 0);
    return true;
  }
}
