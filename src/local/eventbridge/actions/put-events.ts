import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import { busNameOf } from "../../../core/arn.ts";
import { putLimits } from "../../../core/event/limits.ts";
import type { Call } from "../../ports.ts";
import type { Wire } from "../../wire.ts";
import { contentBytes, openEvent } from "../event.ts";
import { invalid, notFound } from "../faults.ts";
import type { Context, Operation } from "../operation.ts";
import { list, required, structure, text } from "../validation/shape.ts";
import { entry } from "../validation/shapes.ts";
import { failedEntry, isObjectText } from "./detail.ts";

type Entry = Wire<PutEventsRequestEntry>;

/** Takes events. What one entry lacks fails that entry; what the request breaks fails it whole. */
export const putEvents = {
  name: "PutEvents",
  input: structure("PutEventsRequest", {
    Entries: required(list(entry, { min: 1, max: putLimits.entries })),
    EndpointId: text({ min: 1, max: 50, pattern: String.raw`[A-Za-z0-9\-]+[\.][A-Za-z0-9\-]+` }),
  }),
  run(context, { Entries, EndpointId }, call) {
    demandEndpoint(context, EndpointId);
    const bytes = Entries!.map(bytesOf);
    const times = Entries!.filter(({ Time }) => Time !== undefined).length;
    if (bytes.reduce((sum, each) => sum + each, times * putLimits.timeBytes) >= putLimits.requestBytes)
      throw invalid("Total size of the entries in the request is over the limit.");
    const results = Entries!.map((entry, at) => take(context, entry, bytes[at]!, call));
    return {
      FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      Entries: results,
    };
  },
} satisfies Operation<Wire<PutEventsRequest>, Wire<PutEventsResponse>>;

/** On AWS the endpoint's id is a part of the host name, which does not resolve; the wording is ours. */
function demandEndpoint({ store }: Context, id: string | undefined): void {
  if (id === undefined || [...store.endpoints.values()].some((endpoint) => endpoint.id === id)) return;
  throw notFound(`Endpoint ${id} does not exist.`);
}

function take(context: Context, entry: Entry, bytes: number, call: Call): PutEventsResultEntry {
  const failure = explainEntry(context, entry);
  if (failure !== undefined) return failure;
  const parts = {
    source: entry.Source!,
    detailType: entry.DetailType!,
    detail: entry.Detail!,
    resources: entry.Resources ?? [],
    time: entry.Time === undefined ? undefined : entry.Time * 1000,
    trace: validTrace(entry.TraceHeader ?? traceOf(call)),
  };
  const event = openEvent(context.site, parts, bytes);
  const bus = context.store.find(entry.EventBusName);
  // AWS answers with an event id all the same, and the event is gone.
  if (bus === undefined) context.site.log(`event ${event.id} is lost: no bus ${entry.EventBusName}`);
  else context.deliveries.publish(bus, event);
  return { EventId: event.id };
}

function explainEntry({ store, options }: Context, entry: Entry): PutEventsResultEntry | undefined {
  for (const name of ["Source", "DetailType", "Detail"] as const)
    if (!entry[name])
      return failedEntry(
        "InvalidArgument",
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
  // The rule and the code are documented; the wording is ours.
  if (entry.Source!.startsWith("aws."))
    return failedEntry("NotAuthorizedForSourceException", "Not authorized for the source.");
  if (!isObjectText(entry.Detail!)) return failedEntry("MalformedDetail", "Detail is malformed.");
  if (options.refuseMissingBus && store.find(entry.EventBusName) === undefined)
    return failedEntry("InvalidArgument", `Event bus ${busNameOf(entry.EventBusName)} does not exist.`);
  return undefined;
}

/** Without its time. */
const bytesOf = ({ Source = "", DetailType = "", Detail = "", Resources = [] }: Entry): number =>
  contentBytes({ source: Source, detailType: DetailType, detail: Detail, resources: Resources });

/** One that X-Ray could not read is dropped, and the event goes without. Source: user guide, X-Ray. */
const validTrace = (header: string | undefined): string | undefined =>
  header !== undefined && /(^|;)\s*Root=1-[0-9a-f]{8}-[0-9a-f]{24}\s*(;|$)/i.test(header)
    ? header
    : undefined;

function traceOf({ headers }: Call): string | undefined {
  const header = headers["x-amzn-trace-id"];
  return typeof header === "string" ? header : header?.[0];
}
