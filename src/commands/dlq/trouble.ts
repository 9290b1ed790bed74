import { EvbError } from "../../core/errors.ts";
import { awsFault } from "../aws-fault.ts";

/** The sentence of an error that ended a run half-way; one that nobody foresaw is thrown on. */
export function wordsOf(error: unknown): string {
  const known = error instanceof EvbError ? error : awsFault(error);
  if (known === undefined) throw error;
  return known.message;
}
