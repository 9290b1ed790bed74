import type { View } from "../../../shell/play.ts";
import type { TestHappening } from "../happening.ts";
import { coverageLines, failureLines } from "./words.ts";

/** Test Anything Protocol, version 13; the plan comes last, when the number of tests is known. */
export function tapReport(): View<TestHappening> {
  let count = 0;
  return (happening) => {
    switch (happening.kind) {
      case "suite":
        return { out: `${count === 0 ? "TAP version 13\n" : ""}# ${happening.path}` };
      case "test": {
        const { name, failures, path, line } = happening;
        const head = `${failures.length === 0 ? "ok" : "not ok"} ${++count} - ${name.replaceAll("#", "\\#")}`;
        if (failures.length === 0) return { out: head };
        const lines = failures.flatMap((failure) => failureLines(failure));
        return {
          out: [
            head,
            "  ---",
            `  at: ${path}:${line}`,
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
