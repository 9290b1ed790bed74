import { EvbError } from "../../core/errors.ts";

export interface HandlerOptions {
  readonly kind: "exec" | "forward";
  /** The command line, or the URL. */
  readonly to: string;
  readonly maxAttempts: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly concurrency: number;
  /** A file. */
  readonly failed: string | undefined;
}

interface HandlerFlags {
  readonly exec?: string | undefined;
  readonly forwardTo?: string | undefined;
  readonly maxAttempts?: number | undefined;
  readonly handlerTimeout?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly failed?: string | undefined;
}

/** `undefined` where events are only shown; a flag that then means nothing is refused. */
export function handlerOf(flags: HandlerFlags): HandlerOptions | undefined {
  const { exec, forwardTo, maxAttempts, handlerTimeout, concurrency, failed } = flags;
  if (exec === undefined && forwardTo === undefined) {
    const idle = Object.entries({ maxAttempts, handlerTimeout, concurrency, failed }).find(
      ([, value]) => value !== undefined,
    );
    if (idle === undefined) return undefined;
    const flag = idle[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new EvbError("BAD_USAGE", `--${flag} needs --exec or --forward-to`, [
      "events that are only shown cannot fail",
    ]);
  }
  if (
    forwardTo !== undefined &&
    !/^https?:$/.test(URL.canParse(forwardTo) ? new URL(forwardTo).protocol : "")
  )
    throw new EvbError("BAD_USAGE", `--forward-to is no http or https URL: ${forwardTo}`, [
      "for example http://localhost:3000/events",
    ]);
  return {
    kind: exec === undefined ? "forward" : "exec",
    to: exec ?? forwardTo!,
    maxAttempts: maxAttempts ?? 5,
    timeout: handlerTimeout ?? 30_000,
    concurrency: concurrency ?? 4,
    failed,
  };
}
