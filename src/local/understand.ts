import type { IncomingMessage } from "node:http";
import { ServiceFault } from "./fault.ts";
import type { Service } from "./ports.ts";
import type { Exchange } from "./protocol/exchange.ts";
import { openJsonExchange, renderJsonFault } from "./protocol/json.ts";
import { isQueryService, openQueryExchange, renderQueryFault } from "./protocol/query.ts";
import { openRestExchange } from "./protocol/rest.ts";
import type { Reply } from "./reply.ts";

/** What a request asks for, or the reply that says why it cannot be had. */
export function understand(
  request: IncomingMessage,
  text: string,
  requestId: string,
  services: readonly Service[],
): Exchange | Reply {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return understandJson(target, text, services);
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded"))
    return understandQuery(request.url ?? "/", text, requestId, services);
  return (
    openRestExchange(services, request.method ?? "GET", request.url ?? "/", text, request.headers) ??
    renderJsonFault(undefined, unknown(unnamed(request), services))
  );
}

/** Code bindings of Schemas, say, are at a path that nothing here answers. */
function unnamed({ method, url = "/" }: IncomingMessage): string {
  const path = url.replace(/\?.*$/, "");
  return path === "/"
    ? "The request names no operation"
    : `The request names no operation: ${method} ${path} is not emulated`;
}

function understandJson(target: string, text: string, services: readonly Service[]): Exchange | Reply {
  const dot = target.lastIndexOf(".");
  const operation = target.slice(dot + 1);
  const service = services.find((each) => each.target === target.slice(0, dot));
  if (service === undefined || !service.actions.has(operation))
    return renderJsonFault(
      service,
      unknown(`The operation ${target} is not emulated`, service === undefined ? services : [service]),
    );
  return orFault(
    () => openJsonExchange(service, operation, text),
    (fault) => renderJsonFault(service, fault),
  );
}

function understandQuery(
  path: string,
  text: string,
  requestId: string,
  services: readonly Service[],
): Exchange | Reply {
  const form = new URLSearchParams(text);
  // The oldest clients post to the queue's own URL and name it nowhere else.
  if (!form.has("QueueUrl") && /^\/\d{12}\/./.test(path)) form.set("QueueUrl", path);
  const operation = form.get("Action") ?? "";
  const version = form.get("Version");
  const speaking = services.filter(isQueryService);
  const named = speaking.filter(({ query }) => query.version === version);
  const service = speaking.find(
    ({ query, actions }) => actions.has(operation) && (version === null || version === query.version),
  );
  if (service === undefined)
    return renderQueryFault(
      undefined,
      unknown(`The operation ${operation || "(none)"} is not emulated`, named.length > 0 ? named : speaking),
      requestId,
    );
  return orFault(
    () => openQueryExchange(service, operation, form, requestId),
    (fault) => renderQueryFault(service.query, fault, requestId),
  );
}

function orFault(open: () => Exchange, render: (fault: ServiceFault) => Reply): Exchange | Reply {
  try {
    return open();
  } catch (error) {
    if (error instanceof ServiceFault) return render(error);
    throw error;
  }
}

/** Names what is supported, so that whoever asked knows what to do without. */
function unknown(what: string, services: readonly Service[]): ServiceFault {
  const supported = services.map(
    (service) => `${service.target}: ${[...service.actions.keys()].sort().join(", ")}`,
  );
  return new ServiceFault("UnknownOperationException", `${what}. Supported: ${supported.join("; ")}.`);
}
