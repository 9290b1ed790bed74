import { workflowCommand } from "../../../core/github.ts";
import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { TestHappening } from "../happening.ts";
import { humanReport } from "./human.ts";
import { coverageLines, failureLines } from "./words.ts";

/** What people read, and an annotation at the line of each test that fails. */
export function githubReport(screen: Screen): View<TestHappening> {
  const human = humanReport(screen);
  return (happening) => {
    const print = human(happening);
    if (happening.kind === "coverage") {
      const warnings = coverageLines(happening).map((text) =>
        workflowCommand("warning", { title: "evb test" }, text),
      );
      return { ...print, out: [print?.out, ...warnings].join("\n") };
    }
    if (happening.kind !== "test" || happening.failures.length === 0) return print;
    const { path, line, name, failures } = happening;
    const text = failures.flatMap((failure) => failureLines(failure)).join("\n");
    const annotation = workflowCommand("error", { file: path, line, title: name }, text);
    return { ...print, out: `${print?.out}\n${annotation}` };
  };
}
