import { isUtf8 } from "node:buffer";
import { type Checked, checkDraft } from "../../core/event/check.ts";
import { type Draft, readDraft } from "../../core/event/draft.ts";
import { changesNumbers, sliceField } from "../../core/event/exact.ts";
import { addMetadata } from "../../core/event/metadata.ts";
import { assign } from "../../core/event/set.ts";
import type { Tools } from "../../core/event/template/functions.ts";
import type { Template } from "../../core/event/template/parse.ts";
import { type Given, renderTemplate } from "../../core/event/template/render.ts";
import { findJsonFault } from "../../core/json.ts";
import { readRecords } from "../../shell/records.ts";
import type { World } from "../../shell/world.ts";
import type { PutOptions } from "./command.ts";
import type { Input } from "./template.ts";

/** An event on its way: where it came from, and either what is sent or what keeps it from being sent. */
export type Item = GoodItem | BadItem;

export interface GoodItem extends Checked {
  /** From 0, in input order. */
  readonly index: number;
  /** `events.ndjson:12`, `order-placed.json`. */
  readonly place: string;
  /** Of what it was made of, where a journal is kept. */
  readonly digest?: number | undefined;
  /** What comes after it waits for it to be sent. */
  readonly endsBatch?: boolean;
  /** An earlier run was sending it when it was stopped. */
  readonly isDoubtful?: boolean;
  /** Bytes of the line that it was read from. */
  rawBytes?: number;
}

export interface BadItem {
  readonly index: number;
  readonly place: string;
  readonly faults: readonly string[];
  /** The event as it was read, in one line; only where broken ones are passed over. Bytes where it is no UTF-8. */
  readonly text?: string | Uint8Array | undefined;
  readonly digest?: number | undefined;
  /** Cannot be left out: the input is not the one that the journal goes with, or nothing behind it makes sense. */
  readonly isOther?: boolean;
}

/** What all events of a run are made with. */
export interface Making {
  readonly world: World;
  readonly options: PutOptions;
  /** The value of `--detail`, read. */
  readonly detail: unknown;
  readonly given: Given;
  readonly tools: (index: number) => Tools;
  /** Marks each event by what it was made of. */
  readonly digest?: ((made: string | Uint8Array) => number) | undefined;
}

/** Far beyond any event, and still a text to JavaScript. */
const longestBytes = 256 * 1024 * 1024;

/** All events after `--skip`, in input order, as they come. What is read is not kept. */
export async function* makeItems(inputs: readonly Input[], making: Making): AsyncGenerator<Item> {
  const { skip } = making.options;
  for await (const item of allItems(inputs, making)) if (item.index >= skip) yield item;
}

async function* allItems(inputs: readonly Input[], making: Making): AsyncGenerator<Item> {
  let index = 0;
  if (inputs.length === 0)
    for (let n = 0; n < making.options.count; n++)
      yield marked(makeItem({}, index++, "the event", making), "", making);
  for (let n = 0; n < making.options.count; n++)
    for (const input of inputs) {
      if (input.kind === "events")
        for await (const record of readRecords(making.world, input.path)) {
          const item = readItem(record, index++, making);
          if (!("faults" in item)) item.rawBytes = record.bytes.length + 1;
          yield marked(
            keepText(item, () => keptText(record.bytes), making),
            record.bytes,
            making,
          );
        }
      else if (input.kind === "template")
        for (const { value, place } of render(input.template, n, making))
          yield marked(
            keepText(makeItem(value, index++, place, making), () => JSON.stringify(value), making),
            input.template.text,
            making,
          );
    }
}

const marked = (item: Item, madeOf: string | Uint8Array, { digest }: Making): Item =>
  digest === undefined ? item : { ...item, digest: digest(madeOf) };

/** Line ends can stand only between the tokens of valid JSON, and a broken text is to be mended by hand anyway. */
function keepText(item: Item, text: () => string | Uint8Array, { options }: Making): Item {
  if (!options.skipInvalid || !("faults" in item) || item.isOther) return item;
  const kept = text();
  return { ...item, text: typeof kept === "string" ? kept.replace(/\s*[\r\n]\s*/g, " ").trim() : kept };
}

/** A text would lose bytes that are no UTF-8, and then be sent without them. */
const keptText = (bytes: Uint8Array): string | Uint8Array =>
  isUtf8(bytes) ? textOf(bytes) : bytes.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");

function render(template: Template, n: number, { given, tools }: Making) {
  const events = renderTemplate(template, given, tools(n));
  const place = (i: number) => (events.length === 1 ? template.name : `${template.name} (event ${i + 1})`);
  return events.map((value, i) => ({ value, place: place(i) }));
}

/** An event out of a file. A detail whose numbers JavaScript would change is kept as its text. */
function readItem(
  record: { readonly name: string; readonly line: number; readonly bytes: Uint8Array },
  index: number,
  making: Making,
): Item {
  const place = `${record.name}:${record.line}`;
  const { length } = record.bytes;
  if (length > longestBytes)
    return { index, place, faults: [`has ${length} bytes, which no event can have`], isOther: true };
  if (!isUtf8(record.bytes)) return { index, place, faults: ["the text is not UTF-8"] };
  const text = textOf(record.bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const fault = findJsonFault(text);
    if (fault === undefined) throw error;
    const exact = `${record.name}:${record.line + fault.line - 1}:${fault.column}`;
    return { index, place: exact, faults: [`no valid JSON: ${fault.reason}`] };
  }
  const exactDetail = changesNumbers(text)
    ? (sliceField(text, "detail") ?? sliceField(text, "Detail"))
    : undefined;
  return makeItem(value, index, place, making, exactDetail);
}

function makeItem(value: unknown, index: number, place: string, making: Making, exactDetail?: string): Item {
  const { draft, faults: read } = readDraft(value);
  if (exactDetail !== undefined && typeof draft.detail === "object") draft.exactDetail = exactDetail;
  const faults = [...read, ...edit(draft, index, making)];
  // What is no event at all has no fields to complain about.
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { index, place, faults };
  const checked = checkDraft(draft, making.options.requestBytes);
  if ("faults" in checked) return { index, place, faults: [...faults, ...checked.faults] };
  return faults.length > 0 ? { index, place, faults } : { index, place, ...checked };
}

/** Carries out what the flags say, in the order: fields, `--set`, metadata, bus, trace header. */
function edit(draft: Draft, index: number, { options, detail, tools }: Making): readonly string[] {
  const { fields, sets, bus, traceHeader } = options;
  if (fields.source !== undefined) draft.source = fields.source;
  if (fields.detailType !== undefined) draft.detailType = fields.detailType;
  if (fields.resources !== undefined) draft.resources = fields.resources;
  if (fields.time !== undefined) draft.time = fields.time;
  if (detail !== undefined) {
    draft.detail = detail;
    delete draft.exactDetail;
  }
  const faults = sets.map((assignment) => assign(draft, assignment));
  if (options.metadata) {
    const { now, random } = tools(index);
    faults.push(addMetadata(draft, { correlationId: options.correlationId, now, random }));
  }
  draft.bus = bus ?? draft.bus ?? "default";
  if (traceHeader !== undefined) draft.traceHeader = traceHeader;
  return faults.filter((fault) => fault !== undefined);
}
