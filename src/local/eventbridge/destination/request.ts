import type { HttpParameters } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Connection } from "./connection.ts";
import type { Destination } from "./destination.ts";
import type { HttpRequest } from "./http.ts";

/**
 * The call that EventBridge makes: path wildcards filled from the target, query and headers of target and connection
 * (the connection wins), body parameters of the connection merged into a JSON object. Source: user guide, API
 * destinations.
 */
export function buildRequest(
  { endpoint, method }: Destination,
  { auth }: Connection,
  target: Wire<HttpParameters> | undefined,
  authorization: Readonly<Record<string, string>>,
  body: string,
): HttpRequest {
  const {
    HeaderParameters = [],
    QueryStringParameters = [],
    BodyParameters = [],
  } = auth.InvocationHttpParameters ?? {};
  const url = new URL(fillPath(endpoint, target?.PathParameterValues ?? []));
  const query = { ...target?.QueryStringParameters, ...pairs(QueryStringParameters) };
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value ?? "");
  const headers = { ...target?.HeaderParameters, ...pairs(HeaderParameters), ...authorization };
  return {
    method,
    url,
    headers: {
      "user-agent": "Amazon/EventBridge/ApiDestinations",
      "content-type": "application/json; charset=utf-8",
      range: "bytes=0-1048575",
      "accept-encoding": "identity",
      ...Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value ?? ""])),
    },
    body: method === "GET" || method === "HEAD" ? undefined : mergeBody(body, pairs(BodyParameters)),
  };
}

/** Each `*` of the path takes the next value. */
function fillPath(endpoint: string, values: readonly string[]): string {
  let next = 0;
  return endpoint.replaceAll("*", () => encodeURIComponent(values[next++] ?? "*"));
}

const pairs = (
  parameters: readonly { Key?: string | undefined; Value?: string | undefined }[],
): Record<string, string> => Object.fromEntries(parameters.map(({ Key, Value }) => [Key!, Value ?? ""]));

/** Added as text, so that the event's own numbers stay as they are. A body that is no object is left alone. */
function mergeBody(body: string, extra: Record<string, string>): string {
  if (Object.keys(extra).length === 0 || !body.startsWith("{")) return body;
  const inner = body.slice(1, -1);
  return `{${inner}${inner.trim() === "" ? "" : ","}${JSON.stringify(extra).slice(1)}`;
}
