import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { findJsonFault } from "../../core/json.ts";
import { explain, type Pattern, type Reason } from "../../core/pattern/index.ts";
import { readValue, type Source } from "../../shell/input.ts";
import { type JsonRecord, readRecords } from "../../shell/records.ts";
import type { World } from "../../shell/world.ts";
import { compileSource } from "../pattern.ts";
import type { Stage } from "../stage.ts";
import type { TestPatternOptions } from "./command.ts";
import { asEnvelope } from "./envelope.ts";

export type TestPatternHappening =
  | { readonly kind: "warning"; readonly text: string }
  | {
      readonly kind: "verdict";
      /** From 0, over all files. */
      readonly index: number;
      /** File and line, where there is more than one event. */
      readonly place: string;
      readonly match: boolean;
      readonly reasons?: readonly Reason[] | undefined;
    }
  | { readonly kind: "event"; readonly bytes: Uint8Array }
  | { readonly kind: "broken"; readonly index: number; readonly place: string; readonly reason: string }
  | { readonly kind: "disagreement"; readonly index: number; readonly here: boolean; readonly there: boolean }
  | { readonly kind: "summary"; readonly matched: number; readonly total: number; readonly broken: number };

/** Asks AWS whether an event matches. */
type Remote = (event: Uint8Array) => Promise<boolean>;

/** Reads events as a stream, so the memory that it takes does not grow with the file. */
export async function* runTestPattern(
  options: TestPatternOptions,
  stage: Stage,
): AsyncGenerator<TestPatternHappening, number> {
  const source = await readPattern(options, stage);
  const pattern = compileSource(source);
  for (const { message } of pattern.warnings) yield { kind: "warning", text: message };
  const remote = options.remote ? await openRemote(stage, source.text) : undefined;
  const tally = { total: 0, matched: 0, broken: 0, disagreed: 0 };
  for await (const record of recordsOf(stage.world, options.events)) {
    const index = tally.total + tally.broken;
    const judged = judge(pattern, record);
    if ("reason" in judged) {
      tally.broken++;
      yield { kind: "broken", index, ...judged };
      continue;
    }
    tally.total++;
    if (judged.match) tally.matched++;
    if (options.output === "verdicts") yield verdict(options, pattern, record, judged, index);
    else if (options.output === "print" && judged.match !== options.invert)
      yield { kind: "event", bytes: oneLine(record.bytes) };
    if (remote === undefined) continue;
    const there = await remote(judged.event);
    if (there === judged.match) continue;
    tally.disagreed++;
    yield { kind: "disagreement", index, here: judged.match, there };
  }
  if (tally.total + tally.broken === 0 && options.output === "verdicts")
    throw new EvbError("BAD_EVENT", `no event in ${namesOf(options.events)}`, [
      "give one event, an array of events, or one event a line",
    ]);
  const matched = options.invert ? tally.total - tally.matched : tally.matched;
  yield { kind: "summary", matched, total: tally.total, broken: tally.broken };
  return exitOf(options, tally);
}

interface Tally {
  readonly total: number;
  readonly matched: number;
  readonly broken: number;
  readonly disagreed: number;
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

async function* recordsOf(world: World, events: readonly string[]): AsyncGenerator<JsonRecord> {
  for (const event of events) {
    if (event === "-" && world.stdin.isTTY)
      throw new EvbError("BAD_USAGE", "no event given", ["--event takes JSON or a file; or pipe events in"]);
    if (/^\s*[{[]/.test(event)) {
      const inline = /^\s*\[/.test(event)
        ? { ...world, stdin: (await import("node:stream")).Readable.from([Buffer.from(event)]) }
        : undefined;
      if (inline === undefined) yield { name: "--event", line: 1, bytes: Buffer.from(event) };
      else for await (const record of readRecords(inline, "-")) yield { ...record, name: "--event" };
    } else yield* readRecords(world, event);
  }
}

type Judged =
  | { readonly match: boolean; readonly event: Uint8Array }
  | { readonly place: string; readonly reason: string };

/** A broken event is reported with its place; it never ends the run. */
function judge(pattern: Pattern, record: JsonRecord): Judged {
  const event = asEnvelope(record.bytes);
  try {
    return { match: pattern.matchesJson(event), event };
  } catch (error) {
    const fault = findJsonFault(Buffer.from(record.bytes).toString("utf8"));
    if (fault === undefined) return { place: placeOf(record), reason: (error as Error).message };
    const column = fault.line === 1 ? `:${fault.column}` : `:${fault.column}`;
    return {
      place: `${record.name}:${record.line + fault.line - 1}${column}`,
      reason: `no valid JSON: ${fault.reason}`,
    };
  }
}

const placeOf = ({ name, line }: JsonRecord): string => `${name}:${line}`;

function verdict(
  options: TestPatternOptions,
  pattern: Pattern,
  record: JsonRecord,
  judged: { readonly match: boolean; readonly event: Uint8Array },
  index: number,
): TestPatternHappening {
  const reasons = options.explain ? explain(pattern, judged.event) : undefined;
  return { kind: "verdict", index, place: placeOf(record), match: judged.match, reasons };
}

/** JSON texts hold line ends only as white space, so dropping them changes nothing; most events have none. */
function oneLine(bytes: Uint8Array): Uint8Array {
  const flat = bytes.includes(0x0a) ? bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d) : bytes;
  const line = new Uint8Array(flat.length + 1);
  line.set(flat);
  line[flat.length] = 0x0a;
  return line;
}

async function openRemote(stage: Stage, pattern: string): Promise<Remote> {
  const { askRemote } = await import("./deployed.ts");
  const client = await (await stage.connect()).events();
  return (event) => askRemote(client, pattern, event);
}

const namesOf = (events: readonly string[]): string =>
  events.map((event) => (event === "-" ? "standard input" : event)).join(", ");
