import { authorize, Deauthorized } from "../destination/authorize.ts";
import { CallTimeout, callHttp, type HttpAnswer } from "../destination/http.ts";
import { fillParameters } from "../destination/parameters.ts";
import { buildRequest } from "../destination/request.ts";
import type { DeliveryContext } from "./deliveries.ts";
import { delivered, failure, type Outcome } from "./outcome.ts";
import type { Job } from "./tries.ts";

/** One call to an API destination, over the real network. */
export async function sendToEndpoint({ site, store }: DeliveryContext, job: Job): Promise<Outcome> {
  const { target, event, body } = job;
  const destination = [...store.destinations.values()].find(({ arn }) => arn === target.Arn);
  const connection =
    destination && [...store.connections.values()].find(({ arn }) => arn === destination.connectionArn);
  if (destination === undefined || connection === undefined)
    return failure("NO_RESOURCE", `API destination ${target.Arn} or its connection does not exist.`, false);
  const wait = destination.pace.take(site.clock.now());
  if (wait > 0) await new Promise<void>((resolve) => site.clock.after(wait, resolve));
  try {
    const authorization = await authorize(site, store, connection);
    const parameters = fillParameters(target.HttpParameters, event.text);
    const request = buildRequest(destination, connection, parameters, authorization, body);
    const answer = await callHttp(site.clock, request);
    // The token may have been revoked before its time.
    if (answer.status === 401 || answer.status === 407) connection.token = undefined;
    return outcomeOf(answer, site.clock.now());
  } catch (error) {
    return explainError(error as NodeJS.ErrnoException);
  }
}

/** Statuses that are tried again, beside those of the 500s. Source: user guide, API destinations. */
const retried = new Set([401, 407, 409, 429]);

function outcomeOf({ status, text, headers }: HttpAnswer, now: number): Outcome {
  if (status >= 200 && status <= 299) return delivered;
  const code = status === 429 ? "THROTTLING" : "ERROR_FROM_TARGET";
  const words = `The endpoint answered ${status}${text === "" ? "" : `: ${text.slice(0, 200)}`}`;
  const afterMs = parseRetryAfter(headers["retry-after"], now);
  return {
    ...failure(code, words, status >= 500 || retried.has(status)),
    ...(afterMs === undefined ? {} : { afterMs }),
  };
}

/** Seconds, or a date. */
function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function explainError(error: NodeJS.ErrnoException): Outcome {
  if (error instanceof Deauthorized) return failure("NO_PERMISSIONS", error.message, false);
  if (error instanceof CallTimeout) return failure("TIMEOUT", "The endpoint did not answer in time.", true);
  // An address that no name server knows is not tried again.
  if (error.code === "ENOTFOUND") return failure("CONNECTION_FAILURE", error.message, false);
  return failure("CONNECTION_FAILURE", error.message, true);
}
