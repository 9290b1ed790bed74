import { retryLimits } from "../../../core/limits.ts";
import type { Rule, Target } from "../../../core/route/index.ts";
import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { ruleJson } from "../json.ts";
import { warningPrint } from "../note.ts";
import type { ShowHappening } from "./run.ts";

export function showView(screen: Screen): View<ShowHappening> {
  const { paint } = screen;
  return (happening) => {
    if (happening.kind === "warning") return warningPrint(screen, happening);
    const { rule } = happening;
    return { out: screen.json ? JSON.stringify(ruleJson(rule)) : ruleText(rule) };
  };

  function ruleText(rule: Rule): string {
    const { place } = rule;
    const facts: [string, string | undefined][] = [
      ["bus", rule.bus],
      ["arn", rule.arn],
      ["state", rule.state === "DISABLED" ? paint.yellow("DISABLED") : rule.state],
      ["managed by", rule.managedBy],
      ["about", rule.description],
      ["role", rule.roleArn],
      ["schedule", rule.schedule],
      ["logical id", rule.logicalId],
      ["defined at", place && [place.file, place.line, place.column].filter(Boolean).join(":")],
      ["open", rule.unknowns.map(({ name, path }) => `${path} depends on ${name}`).join("\n") || undefined],
    ];
    return [
      paint.bold(rule.name),
      ...facts.flatMap(([name, value]) => (value === undefined ? [] : field(name, value))),
      ...(rule.pattern === undefined ? [] : ["  pattern", ...indent(pretty(rule.pattern), 4)]),
      ...(rule.targets.length === 0 ? [paint.yellow("  no targets")] : rule.targets.flatMap(targetLines)),
    ].join("\n");
  }

  function targetLines(target: Target): string[] {
    const { Input, InputPath, InputTransformer, DeadLetterConfig, RoleArn, SqsParameters } = target;
    return [
      `  target ${paint.bold(target.Id)}`,
      ...field("arn", target.Arn, 4),
      ...(RoleArn === undefined ? [] : field("role", RoleArn, 4)),
      ...(Input === undefined ? [] : field("gets", Input, 4)),
      ...(InputPath === undefined ? [] : field("gets", InputPath, 4)),
      ...Object.entries(InputTransformer?.InputPathsMap ?? {}).flatMap(([name, path]) =>
        field(`<${name}>`, path ?? "", 4),
      ),
      ...(InputTransformer === undefined ? [] : field("gets", InputTransformer.InputTemplate ?? "", 4)),
      ...(SqsParameters === undefined ? [] : field("group", SqsParameters.MessageGroupId, 4)),
      ...field("retried", retries(target), 4),
      ...field("dead to", DeadLetterConfig?.Arn ?? paint.red("nowhere: what it does not take is lost"), 4),
    ];
  }
}

function retries({ RetryPolicy }: Target): string {
  const { attempts, ageSeconds } = retryLimits;
  const { MaximumRetryAttempts: times, MaximumEventAgeInSeconds: age } = RetryPolicy ?? {};
  const words = `${times ?? attempts.unlessSet} times, for ${age ?? ageSeconds.unlessSet} seconds at most`;
  return RetryPolicy === undefined ? `${words} (nothing is set)` : words;
}

const field = (name: string, value: string, depth = 2): string[] =>
  value
    .split("\n")
    .map((line, index) => `${" ".repeat(depth)}${(index === 0 ? name : "").padEnd(10)}  ${line}`);

const indent = (text: string, depth: number): string[] =>
  text.split("\n").map((line) => " ".repeat(depth) + line);

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // It becomes JSON only at the deploy, or never: then it is shown as it is.
    return text;
  }
}
