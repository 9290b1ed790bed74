import { Agent as PlainAgent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { ClientSettings } from "../clients.ts";
import { isUnanswered } from "../results.ts";
import { type Answer, exchange, type Place } from "./exchange.ts";
import { type Scope, Signer } from "./sign.ts";

/** As many connections as the SDK opens. */
const maxSockets = 50;
const backoffMs = { base: 100, throttled: 500, cap: 20_000 };

/** What a call answers, and whether an earlier try of it ended without an answer. */
export interface LeanAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: the caller knows the operation's answer.
  readonly output: any;
  readonly doubt: boolean;
}

/** How a service is spoken to: `1.0` and `AmazonSQS`, `1.1` and `AWSEvents`. `service` as permissions call it. */
export interface Dialect {
  readonly version: string;
  readonly target: string;
  readonly service: string;
}

/**
 * Makes the calls that go by the thousand, at a fifth of the SDK's cost: no middleware, no schemas. Where to, with
 * which credentials and how often to try it has from the SDK's client, whose errors it imitates.
 */
export class LeanClient {
  readonly #client: SQSClient | EventBridgeClient;
  readonly #dialect: Dialect;
  readonly #settings: ClientSettings;
  readonly #place: Place;
  readonly #signer: Signer;
  readonly #agent: PlainAgent;
  #offsetMs: number;
  #isClosed = false;

  constructor(
    client: SQSClient | EventBridgeClient,
    dialect: Dialect,
    settings: ClientSettings,
    place: Place,
    scope: Scope,
  ) {
    this.#client = client;
    this.#dialect = dialect;
    this.#settings = settings;
    this.#place = place;
    this.#signer = new Signer(scope);
    this.#offsetMs = client.config.systemClockOffset;
    const how = { keepAlive: true, maxSockets };
    this.#agent = place.protocol === "http:" ? new PlainAgent(how) : new TlsAgent(how);
  }

  /** `bearsThrottling`: the caller itself waits and tries again when AWS throttles, so that it can slow down. */
  async call(
    operation: string,
    input: object,
    signal?: AbortSignal,
    bearsThrottling = false,
  ): Promise<LeanAnswer> {
    const body = JSON.stringify(input);
    const attempts = await this.#client.config.maxAttempts();
    let doubt = false;
    for (let attempt = 1; ; attempt++) {
      try {
        const { text } = await this.#exchange(operation, body, attempt, signal);
        return { output: text === "" ? {} : JSON.parse(text), doubt };
      } catch (error) {
        const isOver = attempt >= attempts || this.#isClosed || signal?.aborted;
        const isTheirs = bearsThrottling && isThrottling((error as Error).name);
        if (isOver || isTheirs || !isWorthAnother(error)) throw error;
        doubt ||= isUnanswered(error);
        await pause(attempt, error, signal);
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#agent.destroy();
  }

  async #exchange(operation: string, body: string, attempt: number, signal?: AbortSignal): Promise<Answer> {
    const { onCall, endpoint } = this.#settings;
    const { hostname, port, path } = this.#place;
    const { version, target, service } = this.#dialect;
    const began = performance.now();
    let status: number | undefined;
    try {
      if (this.#isClosed) throw new Error("the client has been closed");
      const headers = this.#signer.sign(
        path,
        {
          host: port === undefined ? hostname : `${hostname}:${port}`,
          "content-type": `application/x-amz-json-${version}`,
          "x-amz-target": `${target}.${operation}`,
        },
        body,
        await this.#client.config.credentials(),
        Date.now() + this.#offsetMs,
      );
      const answer = await exchange(this.#place, headers, body, this.#agent, signal);
      status = answer.status;
      if (status !== 200) throw this.#refusal(answer);
      return answer;
    } catch (error) {
      throw Object.assign(error as Error, { operation, service, endpoint });
    } finally {
      onCall?.({ operation, status, ms: Math.round(performance.now() - began), attempt });
    }
  }

  #refusal({ status, headers, text }: Answer): Error {
    const { __type = "", message, Message } = parse(text);
    const name = __type.slice(__type.indexOf("#") + 1).split(":")[0] || `Status${status}`;
    const error = Object.assign(new Error(message ?? Message ?? text.slice(0, 200)), {
      $fault: status >= 500 ? "server" : "client",
      $metadata: { httpStatusCode: status, requestId: headers["x-amzn-requestid"] },
    });
    error.name = name;
    const servedAt = Date.parse(headers.date ?? "");
    // A clock that is wrong is not the person's fault in the middle of the night: it is corrected by the server's.
    if (isSkewed(name) && Number.isFinite(servedAt)) this.#offsetMs = servedAt - Date.now();
    return error;
  }
}

/** No answer, the server's fault, too many calls, or a clock that has just been set right. */
const isWorthAnother = (error: unknown): boolean =>
  isUnanswered(error) || isThrottling((error as Error).name) || isSkewed((error as Error).name);

const isThrottling = (name: string): boolean => /throttl|TooManyRequests|SlowDown|RequestLimit/i.test(name);

const isSkewed = (name: string): boolean =>
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|ClockSkew)/.test(name);

function pause(attempt: number, error: unknown, signal: AbortSignal | undefined): Promise<void> {
  const base = isThrottling((error as Error).name) ? backoffMs.throttled : backoffMs.base;
  const ms = Math.random() * Math.min(backoffMs.cap, base * 2 ** (attempt - 1));
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

function parse(text: string): { __type?: string; message?: string; Message?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
