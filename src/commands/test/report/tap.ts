import type { View } from "../../../shell/play.ts";
import type { TestHappening } from "../happening.ts";
import { coverageLines, failureLines, oneLine } from "./words.ts";

/** Test Anything Protocol, version 14; the plan comes last, when the number of tests is known. */
export function tapReport(): View<TestHappening> {
  let count = 0;
  return (happening) => {
    switch (happening.kind) {
      case "suite":
        return { out: `${count === 0 ? "TAP version 14\n" : ""}# ${oneLine(happening.path)}` };
      case "test": {
        const { name, failures, path, line } = happening;
        const head = `${failures.length === 0 ? "ok" : "not ok"} ${++count} - ${escaped(name)}`;
        if (failures.length === 0) return { out: head };
        const lines = failures.flatMap((failure) => failureLines(failure));
        return {
          out: [
            head,
            "  ---",
            `  at: ${JSON.stringify(`${path}:${line}`)}`,
            "  message: |-",
            ...lines.map((text) => `    ${text}`),
            "  ...",
          ].join("\n"),
        };
      }
      case "coverage":
        return {
          out:
            coverageLines(happening)
              .map((text) => `# ${text}`)
              .join("\n") || undefined,
        };
      case "summary":
        return { out: `1..${count}` };
      default:
        return undefined;
    }
  };
}

/** A hash begins a directive, and a backslash takes its meaning away. */
const escaped = (name: string): string => oneLine(name).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
