import type { View } from "../../shell/play.ts";
import type { Candidate } from "./run.ts";

/** A candidate a line, with its description behind a tab. */
export const completeView =
  (): View<Candidate> =>
  ({ value, about }) => ({
    out: value === "" ? undefined : about === "" ? value : `${value}\t${about}`,
  });
