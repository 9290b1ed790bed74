import type { Bus, BusModel, Place } from "../route/bus.ts";
import { checks } from "./checks/index.ts";
import type { Fault, Finding, LintSubject } from "./finding.ts";
import { patternReader } from "./read-pattern.ts";
import type { Switch } from "./switch.ts";

export interface LintOptions {
  /** The buses of the model that are judged; the others are only looked at. */
  readonly buses: readonly Bus[];
  readonly isDeployed: boolean;
  /** What switches findings off. */
  readonly switches: readonly Switch[];
}

/** All that is wrong with buses, by place, then in the order of the checks. */
export function lint(model: BusModel, { buses, isDeployed, switches }: LintOptions): Finding[] {
  const mendable = (bus: Bus): Bus => ({
    ...bus,
    rules: bus.rules.filter(({ managedBy }) => managedBy === undefined),
  });
  const subject: LintSubject = {
    buses: buses.map(mendable),
    others: model.buses.filter((bus) => !buses.includes(bus)),
    queues: model.queues,
    isDeployed,
    patternOf: patternReader(),
  };
  const found = checks.flatMap(({ id, severity, find }) =>
    [...find(subject)].map((fault): Finding => {
      const place = placeOf(fault, id);
      return { severity, ...fault, id, ...(place && { place }) };
    }),
  );
  return found.filter((finding) => !switches.some((off) => off(finding))).sort(byPlace);
}

/** The nearest place that the source knows: of the pattern, of the target, of the rule. */
function placeOf({ bus, rule, target, queue }: Fault, id: string): Place | undefined {
  if (rule === undefined) return queue?.place ?? bus.place;
  const part = id.startsWith("pattern-") ? "pattern" : target && `targets.${target.Id}`;
  return (part !== undefined && rule.places?.[part]) || rule.place || bus.place;
}

/** What has no place stays in order. */
function byPlace({ place: a }: Finding, { place: b }: Finding): number {
  if (a === undefined || b === undefined) return 0;
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
