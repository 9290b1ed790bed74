import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { InitHappening } from "./run.ts";

/** The paths are the data; what to do next is for people. */
export function initView({ json, quiet }: Screen): View<InitHappening> {
  return (happening) => {
    if (happening.kind === "written")
      return { out: json ? JSON.stringify({ path: happening.path }) : happening.path };
    if (quiet || json) return undefined;
    return { err: ["evb: next:", ...happening.commands.map((command) => `  ${command}`)].join("\n") };
  };
}
