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
      const warnings = coverageLines(happening).map((text) => `::warning title=evb test::${data(text)}`);
      return { ...print, out: [print?.out, ...warnings].join("\n") };
    }
    if (happening.kind !== "test" || happening.failures.length === 0) return print;
    const { path, line, name, failures } = happening;
    const text = failures.flatMap((failure) => failureLines(failure)).join("\n");
    const at = `file=${property(path)},line=${line},title=${property(name)}`;
    return { ...print, out: `${print?.out}\n::error ${at}::${data(text)}` };
  };
}

/** Workflow commands are one line; the rest of it is escaped as GitHub's documentation has it. */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
