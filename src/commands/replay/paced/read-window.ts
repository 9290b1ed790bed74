import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteMessages, isMissingQueue, receiveMessages } from "../../../aws/queues.ts";
import { cancelReplay, describeReplay, startReplay } from "../../../aws/replays.ts";
import type { Clock } from "../../../core/clock.ts";
import { EvbError } from "../../../core/errors.ts";
import { halfOf, nextWindow, type Window } from "../../../core/replay/paced.ts";
import { findReplay, isActive } from "../rows.ts";

/** An event out of the archive: its envelope as text, and what it is put in order by. */
export interface Archived {
  readonly id: string;
  readonly time: number;
  readonly body: string;
}

/** Everything that reading takes. */
export interface Reading {
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly clock: Clock;
  readonly local: boolean;
  readonly where: string;
  /** Replays are called so, with a number behind it. */
  readonly name: string;
  readonly archiveArn: string;
  readonly busArn: string;
  readonly ruleArn: string;
  readonly queueUrl: string;
  readonly stop: AbortSignal;
  /** What is held of one window. */
  readonly limits: { readonly events: number; readonly bytes: number };
  readonly onProgress: (events: number, window: Window) => void;
}

/**
 * Between two looks at a replay; how long a poll waits; and, once a replay says that it has completed, how long the queue
 * has to be silent: deliveries are under way then.
 */
const pace = {
  aws: { lookMs: 3000, waitSeconds: 3, restMs: 0, silenceMs: 15_000 },
  local: { lookMs: 100, waitSeconds: 0, restMs: 40, silenceMs: 200 },
} as const;
/** Polls at once; an answer holds ten messages. */
const polls = 5;
/** SQS asks for a second between making a queue and using it; some of its servers take longer. */
const newQueueMs = 10_000;

/** Reads an archive window by window, in order. One that holds too much is read again in halves. */
export class ArchiveReader {
  readonly #reading: Reading;
  readonly #end: number;
  readonly #begun: number;
  #from: number;
  #lengthMs: number;
  #number = 0;
  #active: string | undefined;
  /** Replays whose events are wanted, though they may come late. */
  readonly #wanted = new Set<string>();
  /** Events of the window before, of which one that could not be deleted may come again. */
  #before: ReadonlySet<string> = new Set();
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(reading: Reading, from: number, end: number, lengthMs: number) {
    this.#reading = reading;
    this.#begun = reading.clock.now();
    this.#from = from;
    this.#end = end;
    this.#lengthMs = lengthMs;
  }

  /** The events of the next window, in the order of their times; undefined after the last one, or at a signal. */
  next(): Promise<readonly Archived[] | undefined> {
    const next = this.#next();
    this.#underWay = next.catch(() => {});
    return next;
  }

  async #next(): Promise<readonly Archived[] | undefined> {
    while (this.#from < this.#end && !this.#reading.stop.aborted) {
      const window = nextWindow(this.#from, this.#end, this.#lengthMs);
      const found = await this.#read(window);
      if (this.#reading.stop.aborted) return undefined;
      if (found === undefined) {
        this.#lengthMs = halfOf(window) ?? this.#tooMany(window);
        continue;
      }
      this.#from = window.to;
      this.#before = new Set(found.map(({ id }) => id));
      // After a burst windows grow again.
      if (found.length * 4 < this.#reading.limits.events) this.#lengthMs *= 2;
      return found.sort((a, b) => a.time - b.time);
    }
    return undefined;
  }

  /** The replay that runs, if one does. */
  get active(): string | undefined {
    return this.#active;
  }

  /** Stops the replay that runs, once the signal has come: nobody waits for its events any longer. */
  async close(): Promise<void> {
    // A replay may be just about to be made.
    await this.#underWay;
    if (this.#active !== undefined) await this.#cancel(this.#active);
  }

  /** Undefined where there is more than may be held. */
  async #read(window: Window): Promise<Archived[] | undefined> {
    const { events, clock, local, where, stop, limits } = this.#reading;
    const { lookMs, restMs, silenceMs } = local ? pace.local : pace.aws;
    const name = await this.#start(window);
    const found = new Map<string, Archived>();
    let bytes = 0;
    let lookAt = clock.now();
    let silentSince: number | undefined;
    while (!stop.aborted) {
      const bodies = await this.#receive();
      for (const body of bodies) {
        const event = this.#take(body, window);
        if (event === undefined || found.has(event.id) || this.#before.has(event.id)) continue;
        found.set(event.id, event);
        bytes += event.body.length;
      }
      if (found.size > limits.events || bytes > limits.bytes) {
        this.#wanted.delete(name);
        await this.#cancel(name);
        return undefined;
      }
      this.#reading.onProgress(found.size, window);
      if (bodies.length > 0) silentSince = silentSince === undefined ? undefined : clock.now();
      if (silentSince === undefined && clock.now() >= lookAt) {
        const replay = await findReplay(events, name, where);
        if (replay.state === "FAILED" || replay.state === "CANCELLED")
          throw ended(name, replay.state, replay.reason);
        if (!isActive(replay)) {
          this.#active = undefined;
          silentSince = clock.now();
        }
        lookAt = clock.now() + lookMs;
      } else if (silentSince !== undefined && clock.now() - silentSince >= silenceMs)
        return [...found.values()];
      if (bodies.length === 0 && restMs > 0) await clock.sleep(restMs, stop);
    }
    return undefined;
  }

  async #start({ from, to }: Window): Promise<string> {
    const { name: base, events, archiveArn, busArn, ruleArn } = this.#reading;
    const name = `${base}-${++this.#number}`;
    if ((await describeReplay(events, name)) !== undefined)
      throw new EvbError("BAD_USAGE", `there is a replay ${name} already`, ["--name gives another name"]);
    // Noted before the call: one whose answer never comes may have been carried out.
    this.#active = name;
    this.#wanted.add(name);
    await startReplay(events, {
      ReplayName: name,
      Description: "evb replay start --paced: read through a rule of its own",
      EventSourceArn: archiveArn,
      EventStartTime: new Date(from),
      EventEndTime: new Date(to),
      Destination: { Arn: busArn, FilterArns: [ruleArn] },
    }).catch((error) => {
      // A first try whose answer was lost has made it.
      if ((error as Error).name !== "ResourceAlreadyExistsException") throw error;
    });
    return name;
  }

  async #receive(): Promise<string[]> {
    const { sqs, queueUrl, local, clock, stop } = this.#reading;
    const { waitSeconds } = local ? pace.local : pace.aws;
    try {
      const answers = await Promise.all(
        Array.from({ length: polls }, async () => {
          const messages = await receiveMessages(sqs, queueUrl, { waitSeconds, signal: stop });
          const handles = messages.map(({ receiptHandle }) => receiptHandle);
          // One that is not deleted comes again, and is known by its id.
          if (handles.length > 0) await deleteMessages(sqs, queueUrl, handles);
          return messages.map(({ body }) => body);
        }),
      );
      return answers.flat();
    } catch (error) {
      if (!isMissingQueue(error) || clock.now() - this.#begun > newQueueMs) throw error;
      return [];
    }
  }

  /** Undefined for what is of another replay, or of the next window, which has it too. */
  #take(body: string, { to, isLast }: Window): Archived | undefined {
    const event = JSON.parse(body) as { id: string; time: string; "replay-name"?: string };
    if (!this.#wanted.has(event["replay-name"] ?? "")) return undefined;
    const time = Date.parse(event.time);
    return time >= to && !isLast ? undefined : { id: event.id, time, body };
  }

  async #cancel(name: string): Promise<void> {
    const { events, clock, local, stop } = this.#reading;
    const { lookMs } = local ? pace.local : pace.aws;
    const stateOf = async () => (await describeReplay(events, name))?.State;
    const state = await stateOf();
    this.#active = undefined;
    if (state === "STARTING" || state === "RUNNING")
      await cancelReplay(events, name).catch(async (error) => {
        // It may have come to its end meanwhile.
        if (isActive({ state: (await stateOf()) ?? "" })) throw error;
      });
    // The next one may not begin before this one has ended: ten run at once at most.
    while (!stop.aborted && isActive({ state: (await stateOf()) ?? "" })) await clock.sleep(lookMs, stop);
  }

  #tooMany({ from }: Window): never {
    const { limits } = this.#reading;
    throw new EvbError(
      "NOT_SUPPORTED",
      `the minute from ${new Date(from).toISOString()} holds more than ${limits.events} events or ${limits.bytes / 1024 / 1024} MB, which is as much as is put in order at once`,
      ["without --paced EventBridge sends a minute as fast as it can"],
    );
  }
}

const ended = (name: string, state: string, reason: string | undefined): EvbError =>
  new EvbError(
    "AWS_REFUSED",
    `replay ${name}, by which the archive is read, is ${state}${reason ? `: ${reason}` : ""}`,
  );
