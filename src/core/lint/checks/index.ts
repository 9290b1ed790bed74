import type { Check } from "../finding.ts";
import { busLoop } from "./bus-loop.ts";
import { defaultRetry } from "./default-retry.ts";
import { dlqFifo } from "./dlq-fifo.ts";
import { fifoWithoutGroup } from "./fifo-without-group.ts";
import { inputRefused } from "./input-refused.ts";
import { patternNeverMatches } from "./pattern-never-matches.ts";
import { patternRefused } from "./pattern-refused.ts";
import { patternSuspect } from "./pattern-suspect.ts";
import { patternTooComplex } from "./pattern-too-complex.ts";
import { patternTooLong } from "./pattern-too-long.ts";
import { queueMissing } from "./queue-missing.ts";
import { queueRefuses } from "./queue-refuses.ts";
import { ruleDisabled } from "./rule-disabled.ts";
import { ruleDuplicate } from "./rule-duplicate.ts";
import { ruleRefused } from "./rule-refused.ts";
import { ruleShadowed } from "./rule-shadowed.ts";
import { ruleWithoutTargets } from "./rule-without-targets.ts";
import { secondHop } from "./second-hop.ts";
import { targetRefused } from "./target-refused.ts";
import { targetWithoutDlq } from "./target-without-dlq.ts";
import { templateNotJson } from "./template-not-json.ts";
import { tooManyTargets } from "./too-many-targets.ts";
import { wildcardQuota } from "./wildcard-quota.ts";

/** All checks, in the order of help. */
export const checks: readonly Check[] = [
  ...[patternRefused, patternTooComplex, patternTooLong, patternNeverMatches, patternSuspect],
  ...[
    ruleRefused,
    ruleDuplicate,
    ruleShadowed,
    ruleDisabled,
    ruleWithoutTargets,
    tooManyTargets,
    wildcardQuota,
  ],
  ...[
    busLoop,
    secondHop,
    targetRefused,
    inputRefused,
    templateNotJson,
    queueMissing,
    queueRefuses,
    fifoWithoutGroup,
  ],
  ...[targetWithoutDlq, dlqFifo, defaultRetry],
];

export const checkIds: readonly string[] = checks.map(({ id }) => id);
