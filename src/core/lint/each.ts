import type { Pattern } from "../pattern/index.ts";
import type { Bus, Rule, Target } from "../route/bus.ts";
import type { LintSubject } from "./finding.ts";

/** Every rule that is judged. */
export const eachRule = ({ buses }: LintSubject): { readonly bus: Bus; readonly rule: Rule }[] =>
  buses.flatMap((bus) => bus.rules.map((rule) => ({ bus, rule })));

/** Every target that is judged. */
export const eachTarget = (
  subject: LintSubject,
): { readonly bus: Bus; readonly rule: Rule; readonly target: Target }[] =>
  eachRule(subject).flatMap(({ bus, rule }) => rule.targets.map((target) => ({ bus, rule, target })));

/** The rules of a bus whose patterns can be compared: switched on, and nothing in them unknown. */
export const sureRules = (
  { patternOf }: LintSubject,
  { rules }: Bus,
): { readonly rule: Rule; readonly pattern: Pattern }[] =>
  rules.flatMap((rule) => {
    const read = patternOf(rule);
    const isOff = rule.state === "DISABLED" || rule.unknowns.some(({ path }) => /^(rule|state)$/.test(path));
    return read.kind === "read" && read.isSure && !isOff ? [{ rule, pattern: read.pattern }] : [];
  });

/** What sentences call a target. */
export const nameTarget = (rule: Rule, target: Target): string => `target ${target.Id} of rule ${rule.name}`;
