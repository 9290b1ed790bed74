import { renderDuration } from "../../core/duration.ts";
import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { DemoHappening } from "./run.ts";

export function demoView(screen: Screen): View<DemoHappening> {
  const { paint } = screen;
  return (happening) => {
    if (screen.json) return happening.kind === "step" ? undefined : { out: JSON.stringify(happening) };
    switch (happening.kind) {
      case "step":
        return {
          out: `\n${paint.bold(`${happening.number}. ${happening.title}`)}\n${paint.cyan(`$ ${happening.command}`)}`,
        };
      case "output": {
        const text = happening.text.trimEnd().replace(/^/gm, "  ");
        const fault = happening.fault && `  ${paint.red(`✗ ${happening.fault}`)}`;
        return { out: [happening.text.trim() === "" ? undefined : text, fault].filter(Boolean).join("\n") };
      }
      case "end":
        return happening.fault === undefined
          ? {
              out: `\n${paint.green("✓")} ${happening.steps} steps in ${renderDuration(happening.ms)}, on an emulator of its own`,
            }
          : { err: `evb: error: step ${happening.steps} did not do what it says: ${happening.fault}` };
    }
  };
}
