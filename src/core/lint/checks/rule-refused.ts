import { busLimits } from "../../limits.ts";
import type { Rule } from "../../route/bus.ts";
import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

export const ruleRefused: Check = {
  id: "rule-refused",
  severity: "error",
  about: "AWS refuses the rule: its name, or its schedule",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject))
      for (const reason of [nameFault(rule), scheduleFault(rule)])
        if (reason !== undefined)
          yield {
            ...{ bus, rule },
            sentence: `AWS would refuse rule ${rule.name}: ${reason}`,
            remedy: "mend it: PutRule fails",
          };
  },
};

/** What only the deploy knows stands in it as `${name}`. */
function nameFault({ name, isNameGenerated }: Rule): string | undefined {
  if (isNameGenerated || name.includes("${")) return undefined;
  if (/^[.\w-]+$/.test(name) && name.length <= busLimits.ruleNameChars) return undefined;
  return `a name has letters, digits, ., _ and -, at most ${busLimits.ruleNameChars}`;
}

function scheduleFault({ schedule, bus }: Rule): string | undefined {
  if (schedule === undefined || schedule.includes("${")) return undefined;
  if (bus !== "default" && !bus.includes("${"))
    return "schedules are for rules of the default event bus only";
  return isSchedule(schedule)
    ? undefined
    : `${schedule} is no schedule: rate(5 minutes) is one, and cron(0 12 * * ? *), which has six fields`;
}

/** The form only: what the fields of a cron expression may hold is not looked at. One goes with the singular. */
const isSchedule = (text: string): boolean =>
  /^rate\((1 (minute|hour|day)|(?!0|1 )\d+ (minutes|hours|days))\)$/.test(text) ||
  /^cron\(\S+( \S+){5}\)$/.test(text);
