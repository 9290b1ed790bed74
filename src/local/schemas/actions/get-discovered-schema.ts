import type { GetDiscoveredSchemaRequest, GetDiscoveredSchemaResponse } from "@aws-sdk/client-schemas";
import { discoverSchema } from "../../../core/schema/discover.ts";
import { renderDraft4 } from "../../../core/schema/draft4.ts";
import { schemaLimits } from "../../../core/schema/limits.ts";
import { isRecord } from "../../../core/schema/node.ts";
import { record, text } from "../../protocol/shape.ts";
import { demand } from "../check.ts";
import { badRequest } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { texts } from "../shapes.ts";

/** The schema of events that are given as text; nothing is kept. */
export const getDiscoveredSchema = {
  name: "GetDiscoveredSchema",
  method: "POST",
  path: "/v1/discover",
  status: 200,
  input: record({ Events: texts, Type: text }),
  run(_context, input) {
    const texts = demand(input.Events, "Events");
    const type: string = demand(input.Type, "Type");
    const { least, most } = schemaLimits.sampleEvents;
    if (texts.length < least || texts.length > most)
      throw badRequest(`Events must hold ${least} to ${most} events.`);
    if (type !== "OpenApi3" && type !== "JSONSchemaDraft4")
      throw badRequest("Type must be OpenApi3 or JSONSchemaDraft4.");
    const document = discoverSchema(texts.map(parseEvent));
    return { Content: JSON.stringify(type === "OpenApi3" ? document : renderDraft4(document)) };
  },
} satisfies Operation<Rest<GetDiscoveredSchemaRequest>, Rest<GetDiscoveredSchemaResponse>>;

function parseEvent(text: string): unknown {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    event = undefined;
  }
  if (!isRecord(event)) throw badRequest("An event is not a JSON object.");
  return event;
}
