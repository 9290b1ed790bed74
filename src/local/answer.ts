import type { ServerResponse } from "node:http";
import type { ServiceFault } from "./fault.ts";
import type { Service } from "./ports.ts";

/** What goes back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** `x-amzn-query-error`: the code that clients of SQS's older protocol know, and whose fault it is. */
  readonly queryError?: string | undefined;
  /** Hang up afterwards. */
  readonly close?: boolean;
}

/** An operation's output in AWS JSON. */
export const renderOutput = (service: Service, output: object | undefined): Reply => ({
  status: 200,
  type: service.contentType,
  body: output === undefined ? "{}" : JSON.stringify(output),
});

/** An error in AWS JSON; without a service, that of a request that none was found for. */
export const renderFault = (service: Service | undefined, fault: ServiceFault): Reply => ({
  status: fault.status,
  type: service?.contentType ?? "application/x-amz-json-1.1",
  body: JSON.stringify({
    __type: `${service?.errorPrefix(fault.code) ?? ""}${fault.code}`,
    message: fault.message,
  }),
  queryError:
    fault.query === undefined ? undefined : `${fault.query};${fault.status < 500 ? "Sender" : "Receiver"}`,
});

/** Writes a reply. A client that has hung up is no reason to fail. */
export function sendReply(response: ServerResponse, requestId: string, reply: Reply): void {
  const headers: Record<string, string | number> = {
    "x-amzn-requestid": requestId,
    "content-type": reply.type,
    "content-length": Buffer.byteLength(reply.body),
  };
  if (reply.queryError !== undefined) headers["x-amzn-query-error"] = reply.queryError;
  if (reply.close === true) headers.connection = "close";
  response.writeHead(reply.status, headers);
  response.end(reply.body);
}
