import type { IncomingHttpHeaders } from "node:http";

/**
 * Why a request is not answered, or `undefined`. A page in a browser can reach the loopback interface, directly or
 * by a DNS name of its own that points there; neither may drive the emulator. SDKs and command line tools send no
 * `Origin` and no `Sec-Fetch-Site`, and name the host as they were told it.
 */
export function explainRefusal(headers: IncomingHttpHeaders, listensOn = "127.0.0.1"): string | undefined {
  if (headers.origin !== undefined)
    return "Requests from web pages are not answered: the header Origin is set.";
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "none")
    return "Requests from web pages are not answered: the header Sec-Fetch-Site is set.";
  const host = (headers.host ?? "").replace(/:\d*$/, "").toLowerCase();
  if (!isLocalHost(host) && (isLoopback(listensOn) || !isOpenHost(host, listensOn)))
    return `The host ${JSON.stringify(headers.host ?? "")} is not answered: use 127.0.0.1 or localhost.`;
  return undefined;
}

/** `host.docker.internal` is how a container names the machine it runs on; no public name server knows it. */
function isLocalHost(host: string): boolean {
  return (
    /^127(\.\d+){3}$/.test(host) ||
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    host === "host.docker.internal"
  );
}

/** An address of this machine that no other machine reaches. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

/**
 * Names under which an emulator that listens beyond the loopback interface is called: an address, a name without a dot
 * (a container's), or the one that it was told. A page that has a name server point here has none of these.
 */
const isOpenHost = (host: string, listensOn: string): boolean =>
  /^\d+(\.\d+){3}$/.test(host) ||
  /^\[[0-9a-f:]+\]$/.test(host) ||
  /^[a-z0-9_-]+$/.test(host) ||
  host === listensOn.toLowerCase();
