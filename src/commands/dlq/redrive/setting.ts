import { EvbError } from "../../../core/errors.ts";
import { renderDestination } from "../../../core/redrive/destination.ts";
import { compileFilters, type Filters, hasFilters } from "../../../core/redrive/filter.ts";
import type { JournalState } from "../../../core/redrive/journal.ts";
import type { DeadLetter } from "../../../core/redrive/letter.ts";
import { findBus } from "../../bus.ts";
import type { Connection } from "../../connect.ts";
import type { Stage } from "../../stage.ts";
import { FactFinder } from "../facts.ts";
import { openFilters } from "../filters.ts";
import { journalPath } from "../journal.ts";
import { openSource } from "../open.ts";
import { describePlace, type OpenQueue, openQueue } from "../queue.ts";
import type { Source } from "../source.ts";
import { readChange } from "./change.ts";
import type { RedriveOptions } from "./command.ts";
import { openJudge } from "./judge.ts";

/** Everything that a plan and a run share. */
export interface Setting {
  readonly options: RedriveOptions;
  readonly stage: Stage;
  readonly connection: Connection;
  readonly queue: OpenQueue;
  /** The queue that the person named. */
  readonly destination: OpenQueue | undefined;
  readonly openSource: () => Source;
  readonly matches: (letter: DeadLetter) => boolean;
  readonly filtered: boolean;
  readonly max: number;
  readonly journalPath: string;
  readonly judgeBy: (state: JournalState) => ReturnType<typeof openJudge>;
}

/** Finds everything that can be found before the first message is taken; what is wrong ends the command here. */
export async function openSetting(options: RedriveOptions, stage: Stage): Promise<Setting> {
  const filters: Filters = await openFilters(stage.world, options.filters);
  const { connection, queue, open } = await openSource(stage, options.queue);
  const destination = await findDestination(connection, queue, options);
  const facts = new FactFinder(connection);
  const change =
    options.transform === undefined ? undefined : await readChange(stage.world, options.transform);
  const { clock } = stage.world;
  const began = clock.now();
  const { to, maxRedrives, inDoubt } = options;
  return {
    options,
    stage,
    connection,
    queue,
    destination,
    openSource: open,
    matches: compileFilters(filters),
    filtered: hasFilters(filters),
    max: options.filters.max ?? Number.POSITIVE_INFINITY,
    journalPath: options.journal ?? journalPath(stage.world, "redrive", queue),
    judgeBy: (state) =>
      openJudge({ to, sourceArn: queue.arn, maxRedrives, inDoubt, facts, state, began, change }, clock.now),
  };
}

/** A destination that the person named must exist, and must not be the queue itself. */
async function findDestination(
  connection: Connection,
  queue: OpenQueue,
  { to }: RedriveOptions,
): Promise<OpenQueue | undefined> {
  if (to.kind === "bus" && to.bus !== undefined) await findBus(connection, to.bus);
  if (to.kind !== "queue") return undefined;
  const destination = await openQueue(connection, to.queue, "--to");
  if (destination.arn === queue.arn)
    throw new EvbError(
      "BAD_USAGE",
      `the messages would go round in a circle: ${queue.name} is source and destination`,
      ["name another queue with --to queue:NAME"],
    );
  return destination;
}

/** What a person should know before the first message moves. */
export function warningsOf({ queue, options, filtered, destination }: Setting): string[] {
  const warnings: string[] = [];
  if (destination?.deadLetterArn === queue.arn)
    warnings.push(
      `queue ${destination.name} has ${queue.name} as its own dead-letter queue: what its consumer still fails to take ${destination.maxReceives} times comes back; --canary 5 tries a few first`,
    );
  if (queue.fifo && filtered)
    warnings.push(
      `queue ${queue.name} is FIFO: of a group SQS gives ten at most while one of them is left in it; those of the ten that pass the filters go ahead of what is left, and the rest of the group is not seen`,
    );
  if (queue.maxReceives !== undefined)
    warnings.push(
      `queue ${queue.name} gives a message ${queue.maxReceives} times and then moves it to ${queue.deadLetterArn}; each look counts as one`,
    );
  if (options.to.kind === "bus" && !options.dryRun)
    warnings.push("every rule that matches fires again, not only the one that failed; --dry-run lists them");
  return warnings;
}

export const questionOf = ({ queue, options }: Setting, count: number): string =>
  `redrive ${count} ${count === 1 ? "message" : "messages"} of ${describePlace(queue)}, to ${renderDestination(options.to)}?`;
