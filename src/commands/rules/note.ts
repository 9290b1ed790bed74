import type { Print } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";

/** What the reader of a file has to say. */
export interface WarningHappening {
  readonly kind: "warning";
  readonly text: string;
}

export const warningPrint = (screen: Screen, { text }: WarningHappening): Print | undefined =>
  screen.quiet ? undefined : { err: `evb: ${screen.paintErr.yellow("warning")}: ${text}` };
