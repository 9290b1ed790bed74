import type { Bus, Rule, Target } from "../route/bus.ts";
import type { BusAnswer, Delivery, RuleAnswer } from "../route/route.ts";
import type { TargetInput } from "../tail/setup.ts";
import { liveMark } from "./live-owner.ts";
import type { Expectation, Names } from "./suite.ts";

/** A rule of a deployed bus as targets with one and the same input see it. */
export interface LiveWatch {
  readonly bus: Bus;
  readonly rule: Rule;
  readonly input: TargetInput;
  /** The targets whose input it is; none for a rule without targets. */
  readonly targets: readonly Target[];
  /** The pattern of the temporary rule. */
  readonly pattern: string;
  /** Only events of this run come in. */
  readonly isOwn: boolean;
}

/**
 * What to watch of these buses: the rules that `isMeant`, once for each input that their targets have. A rule that is off,
 * or only has a schedule, is not watched.
 */
export function planLiveWatches(
  buses: readonly Bus[],
  run: string,
  isMeant: (bus: Bus, rule: Rule) => boolean,
): LiveWatch[] {
  return buses.flatMap((bus) =>
    bus.rules
      .filter((rule) => rule.pattern !== undefined && rule.state !== "DISABLED" && isMeant(bus, rule))
      .flatMap((rule) => watchesOf(bus, rule, run)),
  );
}

function watchesOf(bus: Bus, rule: Rule, run: string): LiveWatch[] {
  const pattern = JSON.parse(rule.pattern!) as Record<string, unknown>;
  // A field has one list of values: where the rule has its own, ours would be an alternative to them.
  const isOwn = !("resources" in pattern) && !JSON.stringify(pattern).includes('"resources"');
  const marked = isOwn ? { ...pattern, resources: [{ prefix: liveMark(run, 0).slice(0, -1) }] } : pattern;
  const byInput = new Map<string, Target[]>();
  for (const target of rule.targets) {
    const key = JSON.stringify(inputOf(target));
    byInput.set(key, [...(byInput.get(key) ?? []), target]);
  }
  if (byInput.size === 0) byInput.set("{}", []);
  return [...byInput].map(([input, targets]) => ({
    ...{ bus, rule, targets, isOwn },
    input: JSON.parse(input) as TargetInput,
    pattern: JSON.stringify(marked),
  }));
}

const inputOf = ({ Input, InputPath, InputTransformer }: Target) => ({
  ...(Input !== undefined && { Input }),
  ...(InputPath !== undefined && { InputPath }),
  ...(InputTransformer !== undefined && { InputTransformer }),
});

/** Rules that an expectation names, `rule` or `bus:rule`. */
export function namedRules({ rules, targets, bodies }: Expectation): string[] {
  const names = [...namesOf(rules), ...namesOf(targets), ...Object.keys(bodies ?? {})];
  return names.map((name) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : name));
}

const namesOf = (names: Names | undefined): readonly string[] =>
  names === undefined ? [] : "length" in names ? names : Object.values(names).flat();

/** What came in for one event: a body for each watch that got one. */
export type Arrivals = ReadonlyMap<LiveWatch, string>;

/** What the bus made of an event, by what arrived. */
export function liveAnswer(bus: Bus, buses: readonly Bus[], arrivals: Arrivals, mayHop = true): BusAnswer {
  const own = [...arrivals].filter(([watch]) => watch.bus.arn === bus.arn);
  const rules = bus.rules.flatMap((rule): RuleAnswer[] => {
    const found = own.filter(([watch]) => watch.rule.arn === rule.arn);
    if (found.length === 0) return [];
    const deliveries = found.flatMap(([{ targets }, body]) =>
      targets.map((target): Delivery => {
        const next = mayHop ? buses.find(({ arn }) => arn === target.Arn) : undefined;
        const onward = next && liveAnswer(next, buses, arrivals, false);
        return { target, body, ...(onward !== undefined && { onward }) };
      }),
    );
    return [{ rule, verdict: "match", deliveries, unknowns: [] }];
  });
  return { bus, rules };
}

/** A body without the mark that the event was sent with. */
export const unmarked = (body: string, mark: string): string => {
  const text = JSON.stringify(mark);
  return body.replaceAll(`,${text}`, "").replaceAll(`${text},`, "").replaceAll(text, "");
};
