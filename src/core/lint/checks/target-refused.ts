import { busLimits, retryLimits } from "../../limits.ts";
import type { Target } from "../../route/bus.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const targetRefused: Check = {
  id: "target-refused",
  severity: "error",
  about: "AWS refuses the target: its id, or its retry policy, is out of bounds",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject)) {
      const isOpen = rule.unknowns.some(
        ({ path }) => path === "targets" || path.startsWith(`targets.${target.Id}.Retry`),
      );
      const reason = idFault(target) ?? (isOpen ? undefined : retryFault(target));
      if (reason !== undefined)
        yield {
          ...{ bus, rule, target },
          sentence: `AWS would refuse ${nameTarget(rule, target)}: ${reason}`,
          remedy: "mend it: PutTargets fails as a whole",
        };
    }
  },
};

/** What only the deploy knows stands in it as `${name}`. */
function idFault({ Id }: Target): string | undefined {
  if (Id.includes("${") || (/^[.\w-]+$/.test(Id) && Id.length <= busLimits.targetIdChars)) return undefined;
  return `an id has letters, digits, ., _ and -, at most ${busLimits.targetIdChars}`;
}

function retryFault({ RetryPolicy = {} }: Target): string | undefined {
  const { MaximumRetryAttempts: times, MaximumEventAgeInSeconds: age } = RetryPolicy;
  const { attempts, ageSeconds } = retryLimits;
  const isOut = (value: number | undefined, { least, most }: { least: number; most: number }) =>
    value !== undefined && (value < least || value > most);
  if (isOut(times, attempts))
    return `MaximumRetryAttempts is ${times}, and may be ${attempts.least} to ${attempts.most}`;
  return isOut(age, ageSeconds)
    ? `MaximumEventAgeInSeconds is ${age}, and may be ${ageSeconds.least} to ${ageSeconds.most}`
    : undefined;
}
