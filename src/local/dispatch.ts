import type { IncomingMessage, ServerResponse } from "node:http";
import { type Reply, renderFault, renderOutput, sendReply } from "./answer.ts";
import { readBody } from "./body.ts";
import { HttpCall } from "./call.ts";
import { ServiceFault } from "./fault.ts";
import { explainRefusal } from "./guard.ts";
import { uuidFrom } from "./ids.ts";
import type { Action, Call, Service, Site } from "./ports.ts";

/** Answers requests with the services' operations. Whatever comes in, it never throws. */
export function dispatcher(site: Site, services: readonly Service[]) {
  const byTarget = new Map(services.map((service) => [service.target, service]));

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = uuidFrom(site.random);
    try {
      const reply = await answer(request, new HttpCall(requestId, request, response));
      sendReply(response, requestId, reply);
    } catch {
      // Only reading the request and writing the response throw here: the client has gone.
      response.destroy();
    }
  };

  async function answer(request: IncomingMessage, call: Call): Promise<Reply> {
    const refusal = explainRefusal(request.headers);
    if (refusal !== undefined) return { ...renderFault(undefined, forbidden(refusal)), close: true };
    const text = await readBody(request);
    if (text === undefined) return { ...renderFault(undefined, tooLarge()), close: true };
    const target = request.headers["x-amz-target"];
    if (typeof target !== "string") return renderFault(undefined, unknownOperation(undefined, services));
    const dot = target.lastIndexOf(".");
    const service = byTarget.get(target.slice(0, dot));
    const action = service?.actions.get(target.slice(dot + 1));
    if (service === undefined || action === undefined)
      return renderFault(service, unknownOperation(target, service === undefined ? services : [service]));
    return run(service, action, text, call);
  }

  async function run(service: Service, action: Action, text: string, call: Call): Promise<Reply> {
    try {
      return renderOutput(service, await action(parseInput(text) as never, call));
    } catch (error) {
      if (error instanceof ServiceFault) return renderFault(service, error);
      site.log(`bug: ${error instanceof Error ? error.stack : error}`);
      return renderFault(service, new ServiceFault("InternalFailure", "The emulator has failed.", 500));
    }
  }
}

function parseInput(text: string): object {
  if (text === "") return {};
  try {
    const input: unknown = JSON.parse(text);
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Answered below, like any other body that is no JSON object.
  }
  throw new ServiceFault("SerializationException", "The body of the request is not a JSON object.");
}

const forbidden = (message: string) => new ServiceFault("AccessDeniedException", message, 403);

const tooLarge = () =>
  new ServiceFault("RequestEntityTooLargeException", "The body of the request is too large.", 413);

function unknownOperation(asked: string | undefined, services: readonly Service[]): ServiceFault {
  const supported = services.map(
    (service) => `${service.target}: ${[...service.actions.keys()].sort().join(", ")}`,
  );
  const what =
    asked === undefined ? "The request names no operation" : `The operation ${asked} is not emulated`;
  return new ServiceFault("UnknownOperationException", `${what}. Supported: ${supported.join("; ")}.`);
}
