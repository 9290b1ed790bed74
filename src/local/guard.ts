import type { IncomingHttpHeaders } from "node:http";

/**
 * Why a request is not answered, or `undefined`. A page in a browser can reach the loopback interface, directly or
 * by a DNS name of its own that points there; neither may drive the emulator. SDKs and command line tools send no
 * `Origin` and no `Sec-Fetch-Site`, and name the host as they were told it.
 */
export function explainRefusal(headers: IncomingHttpHeaders): string | undefined {
  if (headers.origin !== undefined)
    return "Requests from web pages are not answered: the header Origin is set.";
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "none")
    return "Requests from web pages are not answered: the header Sec-Fetch-Site is set.";
  if (!isLocalHost(headers.host ?? ""))
    return `The host ${JSON.stringify(headers.host ?? "")} is not answered: use 127.0.0.1 or localhost.`;
  return undefined;
}

/** `host.docker.internal` is how a container names the machine it runs on; no public name server knows it. */
function isLocalHost(header: string): boolean {
  const host = header.replace(/:\d*$/, "").toLowerCase();
  return (
    host === "127.0.0.1" ||
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    host === "host.docker.internal"
  );
}
