import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { TestHappening } from "../happening.ts";
import { coverageLines, failureLines, oneLine, summaryText } from "./words.ts";

export function humanReport({ paint, paintErr, quiet }: Screen): View<TestHappening> {
  const colours = { ok: paint.green, bad: paint.red, dim: paint.dim };
  return (happening) => {
    switch (happening.kind) {
      case "suite":
        return { out: `${paint.bold(happening.path)}  ${paint.dim(`bus ${happening.bus}`)}` };
      case "test": {
        const { name, failures, line } = happening;
        if (failures.length === 0) return { out: `  ${paint.green("✓")} ${oneLine(name)}` };
        const head = `  ${paint.red("✗")} ${oneLine(name)}  ${paint.dim(`line ${line}`)}`;
        const lines = failures.flatMap((failure) => failureLines(failure, colours));
        return { out: [head, ...lines.map((text) => `      ${text}`)].join("\n") };
      }
      case "kept":
        return quiet ? undefined : { err: `evb: kept the bodies in ${happening.file}` };
      case "coverage": {
        const { bus, hit, total } = happening;
        const head = `${paint.bold(`coverage of bus ${bus}`)}  ${hit} of ${total} rules, targets and alternatives`;
        return {
          out: [head, ...coverageLines(happening).map((text) => `  ${paint.yellow("○")} ${text}`)].join("\n"),
        };
      }
      case "summary": {
        const colour = happening.failed > 0 ? paintErr.red : paintErr.green;
        return quiet ? undefined : { err: `evb: ${colour(summaryText(happening))}` };
      }
      case "waiting":
        return {
          err: paintErr.dim(`evb: waiting for a change of ${happening.files} files and folders; Ctrl-C ends`),
        };
      case "changed":
        return { err: `evb: ${happening.path === "" ? "the folder" : happening.path} has changed` };
      default:
        return undefined;
    }
  };
}
