import { mayMeet } from "../../pattern/index.ts";
import type { Bus, Rule } from "../../route/bus.ts";
import { eachTarget } from "../each.ts";
import type { Check, Fault, LintSubject } from "../finding.ts";

/**
 * What came from a bus goes to a bus no second time (confirmed on AWS in October 2026), so that events do not go round for
 * ever; but the bus at the beginning gets them twice, and what was to go on becomes a dead letter.
 */
export const busLoop: Check = {
  id: "bus-loop",
  severity: "error",
  about: "the rule feeds its own bus, at once or over another bus",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject)) {
      if (target.Arn === bus.arn)
        yield {
          ...{ bus, rule, target },
          sentence: `rule ${rule.name} feeds its own bus ${bus.name}: every event that it takes comes back to all rules of the bus, and what it then sends on is refused`,
          remedy: "send to another bus, or let a consumer publish an event of another source",
        };
      else yield* overAnother(subject, bus, rule, target.Arn);
    }
  },
};

function* overAnother(subject: LintSubject, bus: Bus, rule: Rule, arn: string): Iterable<Fault> {
  const next = [...subject.buses, ...subject.others].find((other) => other.arn === arn);
  // Told once, at the first of two buses that are both judged.
  if (next === undefined || (subject.buses.includes(next) && next.name < bus.name)) return;
  for (const back of next.rules)
    if (back.targets.some(({ Arn }) => Arn === bus.arn) && canFollow(subject, rule, back))
      yield {
        ...{ bus, rule },
        sentence: `rule ${rule.name} of bus ${bus.name} and rule ${back.name} of bus ${next.name} send each other's events back: EventBridge refuses the second hop`,
        remedy: `narrow one of the patterns, so that ${back.name} does not take what came from bus ${bus.name}`,
      };
}

/** An event that one rule has sent to a bus may be taken by a rule there. */
export function canFollow({ patternOf }: LintSubject, rule: Rule, next: Rule): boolean {
  if (rule.state === "DISABLED" || next.state === "DISABLED") return false;
  const [one, other] = [patternOf(rule), patternOf(next)];
  if (one.kind !== "read" || other.kind !== "read") return false;
  return mayMeet(one.pattern, other.pattern);
}
