import type { ServerResponse } from "node:http";

/** What goes back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** `x-amzn-query-error`: the code that clients of SQS's older protocol know, and whose fault it is. */
  readonly queryError?: string | undefined;
  /** `x-amzn-errortype`: the code of an error, where the protocol has it in a header. */
  readonly errorType?: string | undefined;
  /** `x-amz-function-error`: a function was called, and failed. */
  readonly functionError?: string | undefined;
  /** Hang up afterwards. */
  readonly close?: boolean;
}

/** Writes a reply. A client that has hung up is no reason to fail. */
export function sendReply(response: ServerResponse, requestId: string, reply: Reply): void {
  const headers: Record<string, string | number> = {
    "x-amzn-requestid": requestId,
    "content-type": reply.type,
    "content-length": Buffer.byteLength(reply.body),
  };
  if (reply.queryError !== undefined) headers["x-amzn-query-error"] = reply.queryError;
  if (reply.errorType !== undefined) headers["x-amzn-errortype"] = reply.errorType;
  if (reply.functionError !== undefined) headers["x-amz-function-error"] = reply.functionError;
  if (reply.close === true) headers.connection = "close";
  response.writeHead(reply.status, headers);
  response.end(reply.body);
}
