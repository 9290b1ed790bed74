import type { Agent, IncomingHttpHeaders } from "node:http";
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";

/** Where calls go. */
export interface Place {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One POST and its whole answer. Rejects with Node's error when none comes. */
export function exchange(
  { protocol, hostname, port, path }: Place,
  headers: Readonly<Record<string, string>>,
  body: string,
  agent: Agent,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const request = protocol === "http:" ? requestPlain : requestTls;
  return new Promise((resolve, reject) => {
    const length = { "content-length": Buffer.byteLength(body) };
    const options = { hostname, port, path, method: "POST", headers: { ...headers, ...length }, agent };
    const sent = request({ ...options, ...(signal && { signal }) }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      // An answer that breaks off has no end.
      answer.on("close", () => {
        if (!answer.complete)
          reject(Object.assign(new Error("the answer broke off"), { code: "ECONNRESET" }));
      });
      answer.on("end", () => {
        const text = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString("utf8");
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
