import { findJsonFault } from "../../core/json.ts";
import { EventError } from "../../core/pattern/index.ts";
import type { RecordBlock } from "../../shell/records.ts";
import type { Collector } from "./collect.ts";
import type { TestPatternHappening } from "./happening.ts";
import type { Judge } from "./judge.ts";

/** Counts over all files. */
export interface Tally {
  /** Events that were judged. */
  total: number;
  matched: number;
  broken: number;
  disagreed: number;
}

/** Judges a block: what is said of its events comes at one go, but not past a broken one, which is told in its place. */
export function* siftBlock(
  block: RecordBlock,
  judge: Judge,
  collector: Collector,
  tally: Tally,
): Generator<TestPatternHappening> {
  judge.open(block);
  for (let i = 0; i < block.starts.length; i++) {
    const fault = siftUntilFault(block, i, judge, collector, tally);
    const told = collector.take();
    if (told !== undefined) yield told;
    if (fault === undefined) return;
    i = fault.at;
    yield { kind: "broken", index: tally.total + tally.broken++, ...describe(block, i, fault.error) };
  }
}

interface Fault {
  readonly at: number;
  readonly error: EventError;
}

/** A broken event never ends the run. */
function siftUntilFault(
  block: RecordBlock,
  from: number,
  judge: Judge,
  collector: Collector,
  tally: Tally,
): Fault | undefined {
  const count = block.starts.length;
  for (let at = from; at < count; at++) {
    let isMatch: boolean;
    try {
      isMatch = judge.matches(at);
    } catch (error) {
      if (!(error instanceof EventError)) throw error;
      return { at, error };
    }
    if (isMatch) tally.matched++;
    collector.add(block, at, tally.total++ + tally.broken, isMatch);
  }
  return undefined;
}

/** Where a record is broken, to the column, and how. */
function describe({ name, bytes, starts, ends, lines }: RecordBlock, i: number, error: EventError) {
  const fault = findJsonFault(bytes.toString("utf8", starts[i], ends[i]));
  const line = lines[i]!;
  if (fault === undefined) return { place: `${name}:${line}`, reason: error.message };
  return {
    place: `${name}:${line + fault.line - 1}:${fault.column}`,
    reason: `no valid JSON: ${fault.reason}`,
  };
}
