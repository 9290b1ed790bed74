import type { BrokenRule } from "../core/route/route.ts";

/** What is told of a rule that AWS would refuse: where its pattern stands, as far as the source has lines. */
export function brokenRuleText({ rule, error }: BrokenRule): string {
  const { file, line, column } = rule.places?.pattern ?? rule.place ?? {};
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place === "" ? "" : `${place}: `}rule ${rule.name} takes part in nothing: AWS would refuse its pattern: ${error.message}`;
}
