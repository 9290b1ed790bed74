import { workflowCommand } from "../../../core/github.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { TestHappening } from "../happening.ts";
import { humanReport } from "./human.ts";
import { coverageLines, failureLines, oneLine } from "./words.ts";

/** What people read, and an annotation at the line of each test that fails. */
export function githubReport(screen: Screen): View<TestHappening> {
  const human = humanReport(screen);
  return (happening) => {
    const print = withoutCommands(human(happening));
    if (happening.kind === "coverage") {
      const warnings = coverageLines(happening).map((text) =>
        workflowCommand("warning", { title: "evb test" }, text),
      );
      return { ...print, out: [print?.out, ...warnings].join("\n") };
    }
    if (happening.kind !== "test" || happening.failures.length === 0) return print;
    const { path, line, name, failures } = happening;
    const text = failures.flatMap((failure) => failureLines(failure)).join("\n");
    const annotation = workflowCommand(
      "error",
      { file: screen.fromRoot(path), line, title: oneLine(name) },
      text,
    );
    return { ...print, out: `${print?.out}\n${annotation}` };
  };
}

/** A line of a body that begins like a workflow command must not be one: GitHub looks behind the blanks. */
const withoutCommands = (print: Print | undefined): Print | undefined =>
  typeof print?.out !== "string" ? print : { ...print, out: print.out.replace(/^(\s*)::/gm, "$1\\::") };
