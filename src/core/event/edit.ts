import type { Draft } from "./draft.ts";
import { changesNumbers } from "./exact.ts";

/** Why `editDetail` says no. */
export const inexact =
  "detail holds an integer of more than 15 digits, which would be changed by editing: send it without --set and --metadata, or as a text";

/** Makes `detail` an object where it is the text of one; false when that would change a number in it. */
export function editDetail(draft: Draft): boolean {
  if (draft.exactDetail !== undefined) return false;
  if (typeof draft.detail !== "string") return true;
  if (changesNumbers(draft.detail)) return false;
  try {
    draft.detail = JSON.parse(draft.detail);
  } catch {
    // Left as it is: the check of the whole event finds the fault and its place.
  }
  return true;
}
