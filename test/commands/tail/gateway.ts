import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What happens to a call instead of being passed on: an answer of an error, silence, or an error after it has been
 * carried out all the same.
 */
export type Mishap =
  | "hang"
  | { readonly code: string; readonly message: string; readonly status?: number; readonly after?: boolean };

/** A server in front of the emulator through which calls can go wrong. */
export interface Gateway extends AsyncDisposable {
  readonly url: string;
  /** Operations, in the order in which they came. */
  readonly calls: string[];
}

/** `mishap` is asked for each call by its operation and how many of that operation came before. */
export async function openGateway(
  to: string,
  mishap: (operation: string, before: number) => Mishap | undefined,
): Promise<Gateway> {
  const calls: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers["x-amz-target"]).split(".").at(-1)!;
    const wrong = mishap(operation, calls.filter((call) => call === operation).length);
    calls.push(operation);
    if (wrong === "hang") return;
    const fail = () => {
      if (wrong === undefined) return;
      outgoing.writeHead(wrong.status ?? 400, { "content-type": "application/x-amz-json-1.1" });
      outgoing.end(JSON.stringify({ __type: wrong.code, message: wrong.message }));
    };
    if (wrong !== undefined && !wrong.after) return fail();
    const { host: _, ...headers } = incoming.headers;
    const passed = request(to, { method: incoming.method, path: incoming.url, headers }, (answer) => {
      if (wrong !== undefined) {
        answer.resume().on("end", fail);
        return;
      }
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    // A client that hangs up ends its long poll.
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
