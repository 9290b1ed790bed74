import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { readValue, type Source } from "../../shell/input.ts";
import type { RecordBlock } from "../../shell/records.ts";
import { eventBlocks } from "../event-input.ts";
import { compileSource } from "../pattern.ts";
import type { Stage } from "../stage.ts";
import { openCollector } from "./collect.ts";
import type { TestPatternOptions } from "./command.ts";
import type { TestPatternHappening } from "./happening.ts";
import { Judge } from "./judge.ts";
import { siftBlock, type Tally } from "./sift.ts";

/** Asks AWS whether an event matches. */
type Remote = (event: Uint8Array) => Promise<boolean>;

/** Reads events as a stream, block by block, so the memory that it takes does not grow with the file. */
export async function* runTestPattern(
  options: TestPatternOptions,
  stage: Stage,
): AsyncGenerator<TestPatternHappening, number> {
  const source = await readPattern(options, stage);
  const pattern = compileSource(source);
  for (const { message } of pattern.warnings) yield { kind: "warning", text: message };
  const remote = options.remote ? await openRemote(stage, source.text) : undefined;
  const judge = new Judge(pattern, options.trust);
  const collector = openCollector(options, pattern, judge);
  const tally: Tally = { total: 0, matched: 0, broken: 0, disagreed: 0 };
  for await (const block of eventBlocks(stage.world, options.events))
    if (remote === undefined) yield* siftBlock(block, judge, collector, tally);
    else
      for (const one of singles(block)) {
        const { total, matched, broken } = tally;
        yield* siftBlock(one, judge, collector, tally);
        if (tally.total === total) continue;
        const here = tally.matched > matched;
        const there = await remote(judge.event(0));
        if (there === here) continue;
        tally.disagreed++;
        yield { kind: "disagreement", index: total + broken, here, there };
      }
  if (tally.total + tally.broken === 0 && options.output === "verdicts")
    throw new EvbError("BAD_EVENT", `no event in ${namesOf(options.events)}`, [
      "give one event, an array of events, or one event a line",
    ]);
  const matched = options.invert ? tally.total - tally.matched : tally.matched;
  yield { kind: "summary", matched, total: tally.total, broken: tally.broken };
  return exitOf(options, tally);
}

/** A block of each record. */
function* singles(block: RecordBlock): Generator<RecordBlock> {
  for (let i = 0; i < block.starts.length; i++)
    yield {
      ...block,
      starts: [block.starts[i]!],
      ends: [block.ends[i]!],
      lines: [block.lines[i]!],
    };
}

function exitOf({ any }: TestPatternOptions, { total, matched, broken, disagreed }: Tally): number {
  if (broken > 0) return Exit.badInput;
  if (disagreed > 0) return Exit.partly;
  if (total === 0) return Exit.negative;
  return (any ? matched > 0 : matched === total) ? Exit.done : Exit.negative;
}

async function readPattern({ pattern, rule, bus }: TestPatternOptions, stage: Stage): Promise<Source> {
  if (pattern !== undefined) return readValue(stage.world, pattern, "--pattern");
  const { readRulePattern } = await import("./deployed.ts");
  const text = await readRulePattern(await (await stage.connect()).events(), rule!, bus);
  return { name: `rule ${rule}`, text };
}

async function openRemote(stage: Stage, pattern: string): Promise<Remote> {
  const { askRemote } = await import("./deployed.ts");
  const client = await (await stage.connect()).events();
  return (event) => askRemote(client, pattern, event);
}

const namesOf = (events: readonly string[]): string =>
  events.map((event) => (event === "-" ? "standard input" : event)).join(", ");
