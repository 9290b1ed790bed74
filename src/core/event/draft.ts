import { nearNames } from "../near.ts";

/** The fields of an event that a publisher may set, in either form, not yet checked. */
export interface Draft {
  source?: unknown;
  detailType?: unknown;
  detail?: unknown;
  resources?: unknown;
  time?: unknown;
  bus?: unknown;
  traceHeader?: unknown;
  /** The JSON text of `detail`, where it holds numbers that JavaScript would change. */
  exactDetail?: string;
  /** Which form it came in; messages name the fields as that form does. */
  readonly form: EventForm;
}

export type EventForm = "envelope" | "entry";

type Field = Exclude<keyof Draft, "form" | "exactDetail">;

/** Field names of both forms. What only EventBridge sets is accepted and left out, so that a received event can be sent. */
const names: Readonly<Record<EventForm, Readonly<Record<string, Field | undefined>>>> = {
  envelope: {
    source: "source",
    "detail-type": "detailType",
    detail: "detail",
    resources: "resources",
    time: "time",
    version: undefined,
    id: undefined,
    account: undefined,
    region: undefined,
    "replay-name": undefined,
  },
  entry: {
    Source: "source",
    DetailType: "detailType",
    Detail: "detail",
    Resources: "resources",
    Time: "time",
    EventBusName: "bus",
    TraceHeader: "traceHeader",
  },
};

/** What a field is called in a form. */
export const fieldName = (form: EventForm, field: Field): string =>
  Object.entries(names[form]).find(([, of]) => of === field)?.[0] ?? field;

/**
 * Reads an event of either form: the envelope that consumers see (`source`, `detail-type`, `detail`, …) or the entry
 * of PutEvents (`Source`, `DetailType`, `Detail`, …). A field of neither is a fault: dropping it would lose data.
 */
export function readDraft(value: unknown): { readonly draft: Draft; readonly faults: readonly string[] } {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { draft: { form: "envelope" }, faults: [`expected an event, found ${kindOf(value)}`] };
  const form: EventForm = ["Source", "DetailType", "Detail"].some((name) => Object.hasOwn(value, name))
    ? "entry"
    : "envelope";
  const draft: Draft = { form };
  const faults: string[] = [];
  for (const [name, content] of Object.entries(value)) {
    if (!Object.hasOwn(names[form], name)) faults.push(unknownField(name, form));
    else if (names[form][name] !== undefined) draft[names[form][name]] = content;
  }
  return { draft, faults };
}

function unknownField(name: string, form: EventForm): string {
  const squeezed = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  const known = Object.keys(names[form]);
  const near = known.find((other) => squeezed(other) === squeezed(name)) ?? nearNames(name, known)[0];
  return `unknown field ${JSON.stringify(name)}${near ? `: is ${near} meant?` : " (an event's own data goes into detail)"}`;
}

/** `an array`, `a string`, `null`: for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
