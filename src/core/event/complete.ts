import { findValue, normalJson } from "../transform/index.ts";

/** What EventBridge adds to an event that is put: where, when, and an id. */
export interface Arrival {
  readonly account: string;
  readonly region: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly id: string;
}

/** In the order in which EventBridge was recorded to deliver them. */
const order = [
  "version",
  "id",
  "detail-type",
  "source",
  "account",
  "time",
  "region",
  "replay-name",
  "resources",
  "detail",
];

/**
 * The text of an event as a bus would see it: what an author leaves out and EventBridge sets is filled in, in
 * EventBridge's order. What the event has is kept as it is written, numbers and all; a whole event is not touched.
 * Takes the text of a JSON object.
 */
export function completeEvent(text: string, { account, region, time, id }: Arrival): string {
  const given = Object.keys(JSON.parse(text) as object);
  const defaults: Readonly<Record<string, string>> = {
    version: '"0"',
    id: JSON.stringify(id),
    account: JSON.stringify(account),
    time: JSON.stringify(time),
    region: JSON.stringify(region),
    resources: "[]",
  };
  if (Object.keys(defaults).every((key) => given.includes(key))) return text;
  const json = normalJson(text);
  const fields = [...order, ...given.filter((key) => !order.includes(key))]
    .map((key) => ({ key, value: findValue(json, [{ key }]) ?? defaults[key] }))
    .filter(({ value }) => value !== undefined);
  return `{${fields.map(({ key, value }) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
}
