import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "./body.ts";
import { faultOf } from "./bug.ts";
import { HttpCall } from "./call.ts";
import { ServiceFault } from "./fault.ts";
import { type Ending, endWithFault } from "./fault-ending.ts";
import type { FaultPlan } from "./faults.ts";
import { explainRefusal } from "./guard.ts";
import { uuidFrom } from "./ids.ts";
import { type Inspected, inspect } from "./inspect.ts";
import type { Call, Service, Site } from "./ports.ts";
import type { Exchange } from "./protocol/exchange.ts";
import { renderJsonFault } from "./protocol/json.ts";
import { type Reply, sendReply } from "./reply.ts";
import { understand } from "./understand.ts";

/** Answers requests with the services' operations. Whatever comes in, it never throws. */
export function dispatcher(
  site: Site,
  services: readonly Service[],
  faults: FaultPlan,
  /** Keeps what a request has changed, before it is answered. Throws when it cannot. */
  commit: () => Promise<void> | undefined,
  inspected: Inspected,
) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = uuidFrom(site.random);
    try {
      const ending = await answer(request, new HttpCall(requestId, request, response));
      if (ending === "reset") response.socket?.resetAndDestroy();
      else if (ending !== "silence") sendReply(response, requestId, ending);
    } catch {
      // Only reading the request and writing the response throw here: the client has gone.
      response.destroy();
    }
  };

  async function answer(request: IncomingMessage, call: Call): Promise<Ending> {
    const refusal = explainRefusal(request.headers, site.host);
    if (refusal !== undefined) return hangUp(new ServiceFault("AccessDeniedException", refusal, 403));
    const seen = inspect(request.method, request.url, inspected);
    if (seen !== undefined) return seen;
    const text = await readBody(request);
    if (text === undefined) return hangUp(tooLarge());
    const exchange = understood([request, text, call.requestId, services], site.log);
    if ("status" in exchange) return exchange;
    return carryOut(exchange, call);
  }

  /** Waits only where there is something to wait for: a turn of the event loop's queue is dearer than most answers. */
  async function act({ action }: Exchange, input: object, call: Call): Promise<object | undefined> {
    const output = action(input as never, call);
    const settled = output instanceof Promise ? await output : output;
    try {
      const kept = commit();
      if (kept !== undefined) await kept;
    } catch (error) {
      throw notKept(error as Error, site.log);
    }
    return settled;
  }

  async function carryOut(exchange: Exchange, call: Call): Promise<Ending> {
    try {
      const fault = faults.next(exchange.operation, exchange.input);
      return fault === undefined
        ? exchange.renderOutput(await act(exchange, exchange.input, call))
        : await endWithFault(fault, exchange, site.clock, (input) => act(exchange, input, call));
    } catch (error) {
      return exchange.renderFault(faultOf(error, site.log));
    }
  }
}

function understood(asked: Parameters<typeof understand>, log: Site["log"]): Exchange | Reply {
  try {
    return understand(...asked);
  } catch (error) {
    return renderJsonFault(undefined, faultOf(error, log));
  }
}

const tooLarge = () =>
  new ServiceFault("RequestEntityTooLargeException", "The body of the request is too large.", 413);

function notKept({ message }: Error, log: Site["log"]): ServiceFault {
  log(`state is not kept: ${message}`);
  return new ServiceFault("InternalFailure", `The state cannot be kept: ${message}`, 500);
}

const hangUp = (fault: ServiceFault): Reply => ({ ...renderJsonFault(undefined, fault), close: true });
