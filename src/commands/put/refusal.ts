/** What a call that failed as a whole means for its entries. */
export type Refusal =
  /** Try again: throttled, a fault of the service, or no answer. `unanswered`: the entries may have arrived. */
  | {
      readonly kind: "transient";
      readonly code: string;
      readonly message: string;
      readonly unanswered: boolean;
      readonly network: boolean;
    }
  /** The request is not valid as a whole (too large, or one entry spoils it): smaller ones may be. */
  | { readonly kind: "split"; readonly code: string; readonly message: string }
  /** Nothing that follows will fare better: credentials, permission, region. */
  | { readonly kind: "fatal"; readonly code: string; readonly message: string };

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Error names of AWS for "slow down" and "your clock is off", both worth another try. */
const passing =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|InternalFailure|InternalException|ServiceUnavailable|RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)/;
const network = /^(E[A-Z_]+|TimeoutError|AbortError)$/;
/** Failures before a connection stood: nothing can have arrived. */
const unconnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

export function readRefusal(error: unknown): Refusal {
  const e = error as SdkError;
  const status = e.$metadata?.httpStatusCode;
  const name = e.name ?? "Error";
  const message = e.message ?? String(error);
  if (status === undefined) {
    const code = [e.code, name].find((word) => word !== undefined && network.test(word));
    if (code === undefined) return { kind: "fatal", code: name, message };
    const unanswered = !unconnected.test(code);
    return { kind: "transient", code, message: `no answer came (${code})`, unanswered, network: true };
  }
  if (status >= 500 || status === 429 || passing.test(name))
    return { kind: "transient", code: name, message, unanswered: false, network: false };
  return { kind: /^Validation/.test(name) || status === 413 ? "split" : "fatal", code: name, message };
}
