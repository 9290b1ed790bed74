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
/** Of these, the ones that say that it was not carried out. */
const refused = /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|ServiceUnavailable)/;
const brokenWords = "the answer is no JSON";
const network = /^(E[A-Z_]+|TimeoutError|AbortError)$/;
/** Failures before a connection stood: nothing can have arrived. */
const unconnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

export function readRefusal(error: unknown): Refusal {
  const e = error as SdkError;
  const status = e.$metadata?.httpStatusCode;
  const name = e.name ?? "Error";
  const message = e.message ?? String(error);
  // Something answered, and it was not the service: what became of the request nobody has said.
  if (error instanceof SyntaxError)
    return {
      kind: "transient",
      code: "BrokenAnswer",
      message: brokenWords,
      unanswered: true,
      network: false,
    };
  if (status === undefined) {
    const code = [e.code, name].find((word) => word !== undefined && network.test(word));
    if (code === undefined) return { kind: "fatal", code: name, message };
    const unanswered = !unconnected.test(code);
    return { kind: "transient", code, message: `no answer came (${code})`, unanswered, network: true };
  }
  if (status >= 500 || status === 429 || passing.test(name))
    // A fault of the service, or of what stands before it, says nothing about how far the request had come.
    return {
      kind: "transient",
      code: name,
      message,
      unanswered: status >= 500 && !refused.test(name),
      network: false,
    };
  return { kind: /^Validation/.test(name) || status === 413 ? "split" : "fatal", code: name, message };
}
