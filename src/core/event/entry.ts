import { changesNumbers } from "./exact.ts";

/** One event as PutEvents takes it. */
export interface Entry {
  readonly source: string;
  readonly detailType: string;
  /** The text of a JSON object. */
  readonly detail: string;
  readonly resources: readonly string[];
  /** Milliseconds since the epoch; AWS takes the time of the call when absent. */
  readonly time?: number | undefined;
  /** Name or ARN; absent where the event names none. */
  readonly bus?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/** The entry form of PutEvents, with `Detail` as an object so that it can be read and edited. */
export function renderEntry(entry: Entry): Record<string, unknown> {
  return {
    ...(entry.time === undefined ? {} : { Time: new Date(entry.time).toISOString() }),
    Source: entry.source,
    ...(entry.resources.length === 0 ? {} : { Resources: entry.resources }),
    DetailType: entry.detailType,
    Detail: exactDetail(entry.detail),
    ...(entry.bus === undefined ? {} : { EventBusName: entry.bus }),
    ...(entry.traceHeader === undefined ? {} : { TraceHeader: entry.traceHeader }),
  };
}

/** As an object, unless it holds numbers that JavaScript would change: then as the text it is. */
function exactDetail(detail: string): unknown {
  return changesNumbers(detail) ? detail : JSON.parse(detail);
}
