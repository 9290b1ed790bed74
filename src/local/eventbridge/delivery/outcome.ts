/** What a target said to one try. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly retryable: boolean };

export const delivered: Outcome = { ok: true };
export const failure = (code: string, message: string, retryable: boolean): Outcome => ({
  ok: false,
  code,
  message,
  retryable,
});
