import { retryLimits } from "../../limits.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

const { attempts, ageSeconds } = retryLimits;

export const defaultRetry: Check = {
  id: "default-retry",
  severity: "note",
  about: `the target has no retry policy: it is tried ${attempts.unlessSet} times over ${ageSeconds.unlessSet / 3600} hours`,
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject)) {
      const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = target.RetryPolicy ?? {};
      if (MaximumEventAgeInSeconds === undefined && MaximumRetryAttempts === undefined)
        yield {
          ...{ bus, rule, target },
          sentence: `${nameTarget(rule, target)} has no retry policy: an event may come ${ageSeconds.unlessSet / 3600} hours late, and is not a dead letter before`,
          remedy: "set MaximumEventAgeInSeconds to how late an event may come",
        };
    }
  },
};
