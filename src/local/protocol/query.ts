import type { ServiceFault } from "../fault.ts";
import type { QueryFace, Service } from "../ports.ts";
import type { Reply } from "../reply.ts";
import type { Exchange } from "./exchange.ts";
import { parseForm } from "./form.ts";
import { escapeXml, renderMembers } from "./xml.ts";

/** A service that also speaks AWS Query. */
export type QueryService = Service & { readonly query: QueryFace };

export const isQueryService = (service: Service): service is QueryService => service.query !== undefined;

/** A request of AWS Query (a form, answered in XML) for an operation that the service has. */
export function openQueryExchange(
  service: QueryService,
  operation: string,
  form: URLSearchParams,
  requestId: string,
): Exchange {
  const { query } = service;
  const inputs = service.inputs?.[operation];
  return {
    service,
    operation,
    action: service.actions.get(operation)!,
    input: inputs === undefined ? {} : parseForm(inputs, form),
    renderOutput(output) {
      const shape = query.outputs[operation];
      const result =
        shape === undefined
          ? ""
          : `<${operation}Result>${renderMembers(shape, output ?? {})}</${operation}Result>`;
      return xml(
        200,
        `<${operation}Response xmlns="${query.namespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
      );
    },
    renderFault: (fault) => renderQueryFault(query, fault, requestId),
  };
}

/** An error in AWS Query. */
export function renderQueryFault(
  query: QueryFace | undefined,
  fault: ServiceFault,
  requestId: string,
): Reply {
  const code = fault.query ?? fault.code;
  const message = query?.messages?.[fault.code] ?? fault.message;
  const type = fault.status < 500 ? "Sender" : "Receiver";
  const namespace = query === undefined ? "" : ` xmlns="${query.namespace}"`;
  return xml(
    fault.status,
    `<ErrorResponse${namespace}><Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message><Detail/></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

const xml = (status: number, body: string): Reply => ({
  status,
  type: "text/xml",
  body: `<?xml version="1.0"?>${body}`,
});
