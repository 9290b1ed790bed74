import { EvbError } from "../core/errors.ts";
import { findJsonFault } from "../core/json.ts";
import { type RecordBlock, readBlocks } from "../shell/records.ts";
import type { World } from "../shell/world.ts";
import { asEnvelope } from "./envelope.ts";

/** The values of `--event`, block by block: inline JSON, standard input, or files. */
export async function* eventBlocks(world: World, events: readonly string[]): AsyncGenerator<RecordBlock> {
  for (const event of events) {
    if (event === "-" && world.stdin.isTTY)
      throw new EvbError("BAD_USAGE", "no event given", ["--event takes JSON or a file; or pipe events in"]);
    if (/^\s*[{[]/.test(event)) yield* inlineBlocks(world, event);
    else yield* readBlocks(world, event);
  }
}

async function* inlineBlocks(world: World, event: string): AsyncGenerator<RecordBlock> {
  const bytes = Buffer.from(event);
  const name = "--event";
  if (/^\s*\{/.test(event)) {
    yield { name, bytes, isLines: false, starts: [0], ends: [bytes.length], lines: [1] };
    return;
  }
  const { Readable } = await import("node:stream");
  for await (const block of readBlocks({ ...world, stdin: Readable.from([bytes]) }, "-"))
    yield { ...block, name };
}

/** An event of `--event`, or what is wrong with it. `index` counts from 0, over all files. */
export type EventInput = { readonly index: number } & ReadEvent;

type ReadEvent =
  /** `text` is the envelope as rules see it, `place` file and line. */
  | { readonly ok: true; readonly place: string; readonly text: string }
  /** `place` is the column as well where it can be told. */
  | { readonly ok: false; readonly place: string; readonly reason: string };

/** The events of `--event` one by one, for whoever looks at each as a whole. */
export async function* readEvents(world: World, events: readonly string[]): AsyncGenerator<EventInput> {
  let index = 0;
  for await (const { name, bytes, starts, ends, lines } of eventBlocks(world, events))
    for (const [i, line] of lines.entries())
      yield { index: index++, ...readEvent(name, line, bytes.subarray(starts[i], ends[i])) };
}

function readEvent(name: string, line: number, bytes: Uint8Array): ReadEvent {
  const text = Buffer.from(asEnvelope(bytes)).toString("utf8");
  const fault = findJsonFault(text);
  if (fault !== undefined)
    return {
      ok: false,
      place: `${name}:${line + fault.line - 1}:${fault.column}`,
      reason: `no valid JSON: ${fault.reason}`,
    };
  const place = `${name}:${line}`;
  return text.trimStart().startsWith("{")
    ? { ok: true, place, text: text.trim() }
    : { ok: false, place, reason: "an event is a JSON object" };
}
