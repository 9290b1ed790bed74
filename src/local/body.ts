import type { IncomingMessage } from "node:http";

/**
 * Bytes of the largest body that is read. SQS takes 1 MiB of text, which JSON escapes and form encoding can
 * make several times as long.
 */
export const bodyLimit = 8 * 1024 * 1024;

/**
 * The body as text; `undefined` when it is over the limit (what is left of it is not read). Rejects when the
 * client hangs up half-way.
 */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) return void chunks.push(chunk);
      request.removeAllListeners("data");
      request.pause();
      resolve(undefined);
    });
    request.on("end", () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()));
    request.on("error", reject);
  });
}
