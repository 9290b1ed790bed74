import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Clock } from "../../../core/clock.ts";
import { destinationLimits } from "../../../core/limits.ts";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the method has none. */
  readonly body: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** The beginning of the body. */
  readonly text: string;
}

/** Enough for a token and for the words of an error. */
const keptBytes = 64 * 1024;

/** The call took longer than EventBridge waits. */
export class CallTimeout extends Error {}

/** One call over the network, which never follows redirects. Rejects with Node's error, or `CallTimeout`. */
export function callHttp(clock: Clock, { method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const call = send(url, { method, headers: { ...headers, ...length }, agent: false });
    const cancel = clock.after(destinationLimits.timeoutMs, () => call.destroy(new CallTimeout("timed out")));
    const end = (act: () => void) => {
      cancel();
      act();
    };
    call.on("error", (error) => end(() => reject(error)));
    call.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        if (size < keptBytes) chunks.push(chunk.subarray(0, keptBytes - size));
        size += chunk.length;
      });
      response.on("error", (error) => end(() => reject(error)));
      response.on("end", () =>
        end(() =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        ),
      );
    });
    call.end(body);
  });
}
