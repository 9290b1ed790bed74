import type { View } from "../../shell/play.ts";
import type { ScriptHappening } from "./run.ts";

export const completionView =
  (): View<ScriptHappening> =>
  ({ script }) => ({ out: script });
