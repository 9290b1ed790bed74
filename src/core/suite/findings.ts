import type { BusAnswer, Delivery, RuleAnswer } from "../route/route.ts";

/** An answer as tests name its parts. */
export interface Findings {
  /** `rule`, or `bus:rule` of a bus that the event went on to. */
  readonly rules: readonly { readonly name: string; readonly answer: RuleAnswer }[];
  /** `rule/target`. */
  readonly targets: readonly { readonly name: string; readonly delivery: Delivery }[];
}

/** What a bus made of an event, and the buses that it went on to. Rules that are off feed nothing and are not in it. */
export function findingsOf(answer: BusAnswer, prefix = ""): Findings {
  const rules: Findings["rules"][number][] = [];
  const targets: Findings["targets"][number][] = [];
  for (const rule of answer.rules) {
    if (rule.verdict === "disabled") continue;
    const name = `${prefix}${rule.rule.name}`;
    rules.push({ name, answer: rule });
    for (const delivery of rule.deliveries) {
      targets.push({ name: `${name}/${delivery.target.Id}`, delivery });
      if (delivery.onward === undefined) continue;
      const onward = findingsOf(delivery.onward, `${delivery.onward.bus.name}:`);
      rules.push(...onward.rules);
      targets.push(...onward.targets);
    }
  }
  return { rules, targets };
}

/** Whether `rule/target` is meant by this name: itself, or its target's id alone. */
export const isTarget = (found: string, wanted: string): boolean =>
  found === wanted || found.slice(found.indexOf("/") + 1) === wanted;
