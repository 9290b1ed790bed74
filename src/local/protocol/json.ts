import { ServiceFault } from "../fault.ts";
import type { Service } from "../ports.ts";
import type { Reply } from "../reply.ts";
import { conform } from "./conform.ts";
import type { Exchange } from "./exchange.ts";

/** A request of AWS JSON for an operation that the service has. Throws when the body is not what it takes. */
export function openJsonExchange(service: Service, operation: string, text: string): Exchange {
  const input = parseInput(text);
  const shape = service.inputs?.[operation];
  return {
    service,
    operation,
    action: service.actions.get(operation)!,
    input: shape === undefined ? input : (conform(shape, input) as object),
    renderOutput: (output) => ({
      status: 200,
      type: service.contentType,
      body: output === undefined ? "{}" : JSON.stringify(output),
    }),
    renderFault: (fault) => renderJsonFault(service, fault),
  };
}

/** An error in AWS JSON; without a service, that of a request that none was found for. */
export const renderJsonFault = (service: Service | undefined, fault: ServiceFault): Reply => ({
  status: fault.status,
  type: service?.contentType ?? "application/x-amz-json-1.1",
  body: JSON.stringify({
    __type: `${service?.errorPrefix(fault.code) ?? ""}${fault.code}`,
    message: fault.message,
  }),
  queryError:
    fault.query === undefined ? undefined : `${fault.query};${fault.status < 500 ? "Sender" : "Receiver"}`,
});

/** A body that is a JSON object; an empty one is an empty object. Throws for any other. */
export function parseInput(text: string): object {
  if (text === "") return {};
  try {
    const input: unknown = JSON.parse(text);
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Answered below, like any other body that is no JSON object.
  }
  throw new ServiceFault("SerializationException", "The body of the request is not a JSON object.");
}
