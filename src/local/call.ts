import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call } from "./ports.ts";

/** One request, for the operation that answers it. Most never ask whether the client is still there. */
export class HttpCall implements Call {
  readonly requestId: string;
  readonly headers: IncomingMessage["headers"];
  readonly #response: ServerResponse;
  #hungUp: AbortController | undefined;

  constructor(requestId: string, request: IncomingMessage, response: ServerResponse) {
    this.requestId = requestId;
    this.headers = request.headers;
    this.#response = response;
  }

  get hungUp(): AbortSignal {
    if (this.#hungUp === undefined) {
      const controller = new AbortController();
      this.#hungUp = controller;
      if (this.#response.destroyed) controller.abort();
      else this.#response.once("close", () => controller.abort());
    }
    return this.#hungUp.signal;
  }
}
