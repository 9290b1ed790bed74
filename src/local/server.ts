import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server that listens. */
export interface Listening {
  readonly port: number;
  /** Ends every connection at once, idle or not, and frees the port. */
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Listens on `host`; `port` 0 takes a free one. Rejects with Node's error when the port cannot be had. */
export async function openServer(host: string, port: number, answer: Answer): Promise<Listening> {
  // An SDK's pooled connection may idle for minutes; a server that hangs up first makes its next call fail.
  const server = createServer({ keepAlive: true, noDelay: true, keepAliveTimeout: 10 * 60_000 }, answer);
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
