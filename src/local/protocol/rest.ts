import type { IncomingHttpHeaders } from "node:http";
import { ServiceFault } from "../fault.ts";
import type { RestRoute, Service } from "../ports.ts";
import type { Reply } from "../reply.ts";
import { conform } from "./conform.ts";
import type { Exchange } from "./exchange.ts";
import { parseInput } from "./json.ts";

/** A service that speaks REST JSON. */
type RestService = Service & { readonly rest: readonly RestRoute[] };

const isRestService = (service: Service): service is RestService => service.rest !== undefined;

/**
 * A request of REST JSON: the operation is in the method and the path, the input in path, query and body. `undefined`
 * when no service has that path. Throws when the body is not what the operation takes.
 */
export function openRestExchange(
  services: readonly Service[],
  method: string,
  url: string,
  text: string,
  headers: IncomingHttpHeaders = {},
): Exchange | Reply | undefined {
  const { pathname, searchParams } = parseTarget(url);
  for (const service of services.filter(isRestService))
    for (const route of service.rest) {
      const labels = route.method === method ? matchPath(route.path, pathname) : undefined;
      if (labels === undefined) continue;
      try {
        return exchangeOf(service, route, {
          ...(route.payload === undefined ? parseInput(text) : { [route.payload]: text }),
          ...readHeaders(route, headers),
          ...readQuery(route, searchParams),
          ...labels,
        });
      } catch (error) {
        if (error instanceof ServiceFault) return renderRestFault(error);
        throw error;
      }
    }
  return undefined;
}

/** What a request line asks for: a path, or a whole address, as through a proxy. */
const parseTarget = (url: string): URL =>
  new URL(!url.startsWith("/") && URL.canParse(url) ? url : `http://localhost/${url.replace(/^\//, "")}`);

function exchangeOf(service: RestService, route: RestRoute, input: object): Exchange {
  const { operation, status } = route;
  const shape = service.inputs?.[operation];
  return {
    service,
    operation,
    action: service.actions.get(operation)!,
    input: shape === undefined ? input : (conform(shape, input) as object),
    renderOutput: (output) =>
      route.payload === undefined
        ? { status, type: service.contentType, body: output === undefined ? "" : JSON.stringify(output) }
        : renderPayload(route.payload, service, output as Readonly<Record<string, unknown>>),
    renderFault: renderRestFault,
  };
}

const renderPayload = (
  payload: string,
  service: RestService,
  output: Readonly<Record<string, unknown>>,
): Reply => ({
  status: Number(output.StatusCode),
  type: service.contentType,
  body: String(output[payload] ?? ""),
  functionError: output.FunctionError as string | undefined,
});

export const renderRestFault = (fault: ServiceFault): Reply => ({
  status: fault.status,
  type: "application/json",
  body: JSON.stringify({ Code: fault.code, Message: fault.message }),
  errorType: fault.code,
});

/** The labels of a path such as `/v1/registries/name/{RegistryName}`; a label is one step, with `/` as `%2F`. */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const steps = path.replace(/\/$/, "").split("/");
  if (steps.length !== wanted.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [at, want] of wanted.entries()) {
    const step = steps[at]!;
    if (!want.startsWith("{")) {
      if (step !== want) return undefined;
    } else {
      const label = decode(step);
      if (label === undefined || label === "") return undefined;
      labels[want.slice(1, -1)] = label;
    }
  }
  return labels;
}

const readHeaders = ({ headers = {} }: RestRoute, given: IncomingHttpHeaders): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([header]) => given[header] !== undefined)
      .map(([header, member]) => [member, given[header]]),
  );

function readQuery({ query = {} }: RestRoute, params: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(query)) {
    const values = params.getAll(name);
    if (values.length > 0) input[member.replace(/\[\]$/, "")] = member.endsWith("[]") ? values : values[0];
  }
  return input;
}

function decode(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}
