import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type AnyClient, endWithDestroy } from "./ending.ts";

/** What a client is made from; what is `undefined` the SDK finds by itself (environment, shared config). */
export interface ClientSettings {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
  /** Tries of the SDK for one call: throttling, 5xx, network. */
  readonly maxAttempts?: number | undefined;
  /** `false`: every call is made by the SDK itself. */
  readonly lean?: boolean | undefined;
  /** Called after each HTTP exchange. */
  readonly onCall?: ((call: AwsCall) => void) | undefined;
}

/** One exchange with AWS, for `--verbose`; never holds a credential. */
export interface AwsCall {
  readonly operation: string;
  /** HTTP status, or undefined when no answer came. */
  readonly status: number | undefined;
  readonly ms: number;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** The settings as the SDK takes them. */
export function configOf({ region, profile, endpoint, credentials, maxAttempts }: ClientSettings) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    logger: silent,
    // Not in the client's types, but handed on to whoever reads the credential files: what is looked up again is read again.
    ignoreCache: true,
  };
}

/** The SDK writes warnings to the console unless it is given a logger. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Names the operation, service and endpoint in every error, and tells `onCall` of every exchange. */
export function watched<C extends AnyClient>(client: C, { onCall, endpoint }: ClientSettings): C {
  const stack = client.middlewareStack as EventBridgeClient["middlewareStack"];
  stack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const service = signingNames[context.clientName ?? ""];
        if (error instanceof Error)
          Object.assign(error, { operation: operationOf(context), service, endpoint });
        throw error;
      }
    },
    { step: "initialize", name: "evbName", priority: "high" },
  );
  endWithDestroy(client);
  if (onCall === undefined) return client;
  stack.add(
    (next, context) => async (args) => {
      const started = performance.now();
      const report = (status: number | undefined) =>
        onCall({
          operation: operationOf(context),
          status,
          ms: Math.round(performance.now() - started),
          attempt: attemptOf(args.request),
        });
      try {
        const result = await next(args);
        report((result.response as { statusCode?: number }).statusCode);
        return result;
      } catch (error) {
        report((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode);
        throw error;
      }
    },
    // Inside the retry middleware, so that every try is seen.
    { step: "deserialize", name: "evbWatch", priority: "high" },
  );
  return client;
}

/** As permissions are called: `sqs:SendMessage`. */
const signingNames: Readonly<Record<string, string>> = {
  EventBridgeClient: "events",
  SQSClient: "sqs",
  SchemasClient: "schemas",
  SNSClient: "sns",
  LambdaClient: "lambda",
  SFNClient: "states",
  KinesisClient: "kinesis",
};

const operationOf = (context: { readonly commandName?: string }): string =>
  (context.commandName ?? "").replace(/Command$/, "");

function attemptOf(request: unknown): number {
  const header = (request as { headers?: Record<string, string> }).headers?.["amz-sdk-request"];
  return Number(/attempt=(\d+)/.exec(header ?? "")?.[1] ?? 1);
}
