import type { EvbError } from "../../core/errors.ts";
import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { Reporter, TestOptions } from "./command.ts";
import type { TestHappening } from "./happening.ts";
import { githubReport } from "./report/github.ts";
import { humanReport } from "./report/human.ts";
import { jsonReport } from "./report/json.ts";
import { junitReport } from "./report/junit.ts";
import { tapReport } from "./report/tap.ts";

const reports: Readonly<Record<Reporter, (screen: Screen) => View<TestHappening>>> = {
  human: humanReport,
  junit: junitReport,
  tap: tapReport,
  json: jsonReport,
  github: githubReport,
};

const liveText = (rules: number): string =>
  `evb: live: ${rules} temporary ${rules === 1 ? "rule" : "rules"} beside the deployed ones; the events reach the real targets too`;

const mistakeText = ({ message, hints }: EvbError): string =>
  [`evb: error: ${message}`, ...hints.map((hint) => `hint: ${hint}`)].join("\n");

/** Each reporter says on stdout what happened, in its form; warnings are on stderr in all of them. */
export function testView(screen: Screen, { reporter }: TestOptions): View<TestHappening> {
  const report = reports[screen.json ? "json" : reporter](screen);
  return (happening) => {
    if (happening.kind === "mistake") return { err: mistakeText(happening.error) };
    if (happening.kind === "left")
      return {
        err: `evb: left behind: rule and queue ${happening.name}\nhint: evb gc ${happening.name} removes what is left`,
      };
    if (happening.kind === "live") return screen.quiet ? undefined : { err: liveText(happening.rules) };
    if (happening.kind !== "warning") return report(happening);
    return screen.quiet ? undefined : { err: `evb: ${screen.paintErr.yellow("warning")}: ${happening.text}` };
  };
}
