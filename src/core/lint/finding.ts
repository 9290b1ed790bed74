import type { Pattern, PatternError } from "../pattern/index.ts";
import type { Bus, Place, QueueModel, Rule, Target } from "../route/bus.ts";

/** `error`: it does not work, or will be refused. `warning`: something will be lost. `note`: it is worth a look. */
export const severities = ["error", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

/** What a check has found. Sentences begin in lower case, name what they are about, and have no full stop. */
export interface Fault {
  readonly bus: Bus;
  readonly rule?: Rule | undefined;
  readonly target?: Target | undefined;
  readonly queue?: QueueModel | undefined;
  /** Where it differs from what the check usually finds. */
  readonly severity?: Severity;
  readonly sentence: string;
  readonly remedy: string;
}

export interface Finding extends Fault {
  /** The check's id: what it is switched off by. */
  readonly id: string;
  readonly severity: Severity;
  /** Absent for what is deployed. */
  readonly place?: Place;
}

/** One thing that is looked for. */
export interface Check {
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong with what it finds, in half a line: for help, and for SARIF's list of rules. */
  readonly about: string;
  find(subject: LintSubject): Iterable<Fault>;
}

/** What checks look at. */
export interface LintSubject {
  /** The buses that are judged. Rules that AWS manages are left out: nobody could change them. */
  readonly buses: readonly Bus[];
  /** The others that are known, for what happens behind a target. */
  readonly others: readonly Bus[];
  /** Those that are known: for a deployed bus, all that exist there. */
  readonly queues: readonly QueueModel[];
  readonly isDeployed: boolean;
  readonly patternOf: (rule: Rule) => RulePattern;
}

/** A rule's pattern, read. */
export type RulePattern =
  | { readonly kind: "none" }
  /** AWS would refuse it. */
  | { readonly kind: "refused"; readonly error: PatternError }
  | {
      readonly kind: "read";
      readonly pattern: Pattern;
      /** Nothing in it is known only at the deploy. */
      readonly isSure: boolean;
    };
