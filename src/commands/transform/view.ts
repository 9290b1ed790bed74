import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { TransformHappening } from "./run.ts";

/** A body is written as it is; `--json` puts each into an object of one line. */
export function transformView(screen: Screen): View<TransformHappening> {
  const error = `evb: ${screen.paintErr.red("error")}:`;
  return (happening) => {
    switch (happening.kind) {
      case "warning":
        return screen.quiet
          ? undefined
          : { err: `evb: ${screen.paintErr.yellow("warning")}: ${happening.text}` };
      case "broken":
        return { err: `${error} ${happening.place}: ${happening.reason}` };
      case "input": {
        const { index, target, result } = happening;
        const told = result.ok ? { body: result.body } : { problem: result.reason };
        return {
          ...(screen.json
            ? { out: JSON.stringify({ index, target, ...told }) }
            : result.ok && { out: result.body }),
          ...(!result.ok && {
            err: `${error} event ${index}: EventBridge would not call target ${target}: ${result.reason}`,
          }),
        };
      }
    }
  };
}
