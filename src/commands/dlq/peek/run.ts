import { Exit } from "../../../core/exit.ts";
import { compileFilters, hasFilters } from "../../../core/redrive/filter.ts";
import { type Group, type GroupField, Grouping } from "../../../core/redrive/group.ts";
import type { Run } from "../../perform.ts";
import { openFilters } from "../filters.ts";
import { defaultConcurrency, openSource } from "../open.ts";
import type { OpenQueue } from "../queue.ts";
import { scan } from "../scan.ts";
import type { Scanned } from "../selection.ts";
import type { PeekOptions } from "./command.ts";

export type PeekHappening =
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "message"; readonly scanned: Scanned; readonly index: number }
  | {
      readonly kind: "end";
      readonly queue: OpenQueue;
      readonly count: number;
      readonly groups: readonly Group[];
      readonly fields: readonly GroupField[];
      /** Messages that somebody else holds, and those that could not be given back at once. */
      readonly elsewhere: number;
      readonly late: number;
      readonly full: boolean;
      /** Messages of a FIFO queue behind others of their group. */
      readonly behind: number;
    };

/** Shows messages and leaves them where they are. */
export const runPeek: Run<PeekOptions, PeekHappening> = async function* (options, stage) {
  const filters = await openFilters(stage.world, options.filters);
  const { queue, open } = await openSource(stage, options.queue);
  using signals = stage.world.signals();
  if (queue.maxReceives !== undefined)
    yield {
      kind: "warning",
      text: `queue ${queue.name} gives a message ${queue.maxReceives} times and then moves it to ${queue.deadLetterArn}; each look counts as one`,
    };
  const grouping = new Grouping(options.groupBy);
  const source = open();
  let count = 0;
  let late = 0;
  try {
    const max = options.filters.max ?? Number.POSITIVE_INFINITY;
    const scanning = {
      matches: compileFilters(filters),
      filtered: hasFilters(filters),
      max,
      concurrency: defaultConcurrency,
      stop: signals.stop,
    };
    for await (const scanned of scan(source, scanning)) {
      grouping.add(scanned.letter);
      yield { kind: "message", scanned, index: count++ };
    }
  } finally {
    late = await source.close();
  }
  const { elsewhere, full, behind } = source;
  yield {
    kind: "end",
    queue,
    count,
    groups: grouping.groups(),
    fields: options.groupBy,
    elsewhere,
    late,
    full,
    behind,
  };
  if (signals.stop.aborted) return signals.stop.reason.exit;
  return full ? Exit.partly : Exit.done;
};
