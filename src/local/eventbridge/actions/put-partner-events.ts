import type {
  PutPartnerEventsRequest,
  PutPartnerEventsRequestEntry,
  PutPartnerEventsResponse,
  PutPartnerEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import { partnerLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { openEvent } from "../event.ts";
import type { Context, Operation } from "../operation.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { list, required, structure, text, timestamp } from "../validation/shape.ts";
import { failedEntry, isObjectText } from "./detail.ts";

/** A partner's events go to the bus that the customer made of the source. */
export const putPartnerEvents = {
  name: "PutPartnerEvents",
  input: structure("PutPartnerEventsRequest", {
    Entries: required(
      list(
        structure("PutPartnerEventsRequestEntry", {
          Time: timestamp(),
          Source: sourceName,
          Resources: list(text({ max: 2048 })),
          DetailType: text(),
          Detail: text(),
        }),
        { min: 1, max: partnerLimits.entries },
      ),
    ),
  }),
  run(context, { Entries }) {
    const results = Entries!.map((entry) => take(context, entry));
    return {
      FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      Entries: results,
    };
  },
} satisfies Operation<Wire<PutPartnerEventsRequest>, Wire<PutPartnerEventsResponse>>;

function take(context: Context, entry: Wire<PutPartnerEventsRequestEntry>): PutPartnerEventsResultEntry {
  const { site, store, deliveries } = context;
  for (const name of ["Source", "DetailType", "Detail"] as const)
    if (!entry[name])
      return failedEntry(
        "InvalidArgument",
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
  if (!isObjectText(entry.Detail!)) return failedEntry("MalformedDetail", "Detail is malformed.");
  const source = store.sources.get(entry.Source!);
  // The code is the model's; the wording is ours.
  if (source === undefined)
    return failedEntry("ResourceNotFoundException", `Event source ${entry.Source} does not exist.`);
  const event = openEvent(site, {
    source: entry.Source!,
    detailType: entry.DetailType!,
    detail: entry.Detail!,
    resources: entry.Resources ?? [],
    time: entry.Time === undefined ? undefined : entry.Time * 1000,
  });
  const bus = store.buses.get(source.name);
  if (bus === undefined || source.state !== "ACTIVE")
    site.log(`event ${event.id} is lost: event source ${source.name} is not active`);
  else deliveries.publish(bus, event);
  return { EventId: event.id };
}
