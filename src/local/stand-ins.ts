import { parseArn } from "../core/arn.ts";
import type { Handler } from "./eventbridge/options.ts";
import type { Site } from "./ports.ts";

/** What a client asks a target for, beside EventBridge: as `Invocation`, but nobody tries again. */
export interface DirectCall {
  readonly targetArn: string;
  readonly body: string;
  /** The input of the operation, by the wire's names. */
  readonly request: object;
}

/** The handlers that stand for functions, topics, state machines and streams, for the services that clients call. */
export interface StandIns {
  has(targetArn: string): boolean;
  /** Hands the call over and answers with what the handler gives. */
  call(call: DirectCall): Promise<unknown>;
  /** The same without waiting: what comes of it is nobody's answer, so a failure is only logged. */
  start(call: DirectCall): Promise<void>;
}

export function openStandIns(site: Site, handlers: Readonly<Record<string, Handler>> = {}): StandIns {
  const find = (arn: string): Handler | undefined => handlers[arn] ?? handlers[parseArn(arn)?.service ?? ""];
  const call = async ({ targetArn, body, request }: DirectCall) =>
    await find(targetArn)?.(parsed(body), { targetArn, ruleArn: undefined, attempt: 1, body, request });
  return {
    has: (arn) => find(arn) !== undefined,
    call,
    start: (about) =>
      call(about).then(
        () => {},
        (error: unknown) =>
          site.log(
            `the handler of ${about.targetArn} failed: ${error instanceof Error ? error.message : error}`,
          ),
      ),
  };
}

/** A body need not be JSON: a template may be lines of text. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
