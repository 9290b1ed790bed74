import { Exit } from "../../../core/exit.ts";
import { compileFilters, hasFilters } from "../../../core/redrive/filter.ts";
import { type Group, type GroupField, Grouping } from "../../../core/redrive/group.ts";
import type { Run } from "../../perform.ts";
import { openFilters } from "../filters.ts";
import { defaultConcurrency, openSource } from "../open.ts";
import type { OpenQueue } from "../queue.ts";
import type { RedriveOptions } from "../redrive/command.ts";
import type { RedriveHappening } from "../redrive/happening.ts";
import { scan } from "../scan.ts";
import type { Scanned } from "../selection.ts";
import type { PeekOptions } from "./command.ts";
import { Kept } from "./kept.ts";

export type PeekHappening =
  | { readonly kind: "warning"; readonly text: string }
  | {
      readonly kind: "message";
      readonly scanned: Scanned;
      readonly index: number;
      /** It can be looked at later: only the groups are shown at first. */
      readonly walked: boolean;
    }
  /** One message that a person has picked. */
  | { readonly kind: "full"; readonly scanned: Scanned }
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "redrive"; readonly options: RedriveOptions; readonly happening: RedriveHappening }
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
      readonly walked: boolean;
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
  // Somebody is there to walk through the groups.
  const walked = stage.mayAsk && !stage.screen.json && !options.full;
  const kept = new Kept();
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
      const group = grouping.add(scanned.letter);
      if (walked) kept.add(group, scanned);
      yield { kind: "message", scanned, index: count++, walked };
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
    walked,
  };
  if (signals.stop.aborted) return signals.stop.reason.exit;
  if (walked && count > 0) {
    const { walk } = await import("./walk.ts");
    return yield* walk({ options, stage, fields: options.groupBy, groups: grouping.groups(), kept });
  }
  return full ? Exit.partly : Exit.done;
};
