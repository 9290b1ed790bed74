/** What a target said to one try. */
export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean /** The target asked for a wait of at least this long. */;
      readonly afterMs?: number;
    };

export const delivered: Outcome = { ok: true };
export const failure = (
  code: string,
  message: string,
  retryable: boolean,
): Extract<Outcome, { ok: false }> => ({
  ok: false,
  code,
  message,
  retryable,
});
