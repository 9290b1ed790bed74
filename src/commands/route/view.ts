import { renderExplanation } from "../../core/pattern/index.ts";
import { type BusAnswer, type Delivery, type RuleAnswer, verdictDependsOn } from "../../core/route/route.ts";
import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { RouteHappening, RuleMiss } from "./happening.ts";
import { routedJson } from "./json.ts";

type Routed = Extract<RouteHappening, { kind: "routed" }>;

/** A tree for each event: its rules, below them their targets, below those the body. */
export function routeView(screen: Screen): View<RouteHappening> {
  const { paint, paintErr } = screen;
  return (happening) => {
    switch (happening.kind) {
      case "warning":
        return screen.quiet ? undefined : { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
      case "broken":
        return { err: `evb: ${paintErr.red("error")}: ${happening.place}: ${happening.reason}` };
      case "routed":
        return { out: screen.json ? routedJson(happening) : routedText(happening) };
      case "summary":
        return screen.quiet || screen.json ? undefined : { err: summary(happening) };
    }
  };

  function routedText({ index, event, answer, others }: Routed): string {
    const name = [event.source, event.detailType].filter((part) => part !== undefined).join("  ");
    const lines = [...busLines(answer), ...others.flatMap((miss) => missLines(paint, miss))];
    return [paint.bold(`event ${index}  ${name}`.trim()), ...lines].join("\n");
  }

  function busLines({ bus, rules }: BusAnswer): string[] {
    if (rules.some(({ verdict }) => verdict !== "disabled")) return rules.flatMap(ruleLines);
    return [paint.red(`  ✗ no rule of bus ${bus.name} takes it`), ...rules.flatMap(ruleLines)];
  }

  function ruleLines({ rule, verdict, deliveries, unknowns }: RuleAnswer): string[] {
    const names = verdictDependsOn(unknowns).join(", ");
    const head = {
      match: `${paint.green("✓")} ${rule.name}`,
      undecided: `${paint.yellow("?")} ${rule.name} ${paint.yellow(`depends on ${names}, which is not known before the deploy`)}`,
      disabled: `${paint.yellow("○")} ${rule.name} ${paint.yellow("would match, and is disabled")}`,
    }[verdict];
    const nobody = verdict !== "disabled" && deliveries.length === 0;
    return [
      `  ${head}`,
      ...(nobody ? [`    ${paint.yellow("→ it has no targets")}`] : []),
      ...deliveries.flatMap(deliveryLines),
    ];
  }

  function deliveryLines({ target, body, problem, open, onward }: Delivery): string[] {
    const dead = target.DeadLetterConfig?.Arn;
    const behind = dead === undefined ? "no dead-letter queue" : `dead letters to ${shortName(dead)}`;
    return [
      `    → ${target.Id}  ${shortArn(target.Arn)}  ${paint.dim(behind)}`,
      ...(problem === undefined ? [] : [`      ${paint.red(`✗ EventBridge would not call it: ${problem}`)}`]),
      ...(open === undefined
        ? []
        : [
            `      ${paint.yellow(`? what it gets depends on ${open.join(", ")}, which is not known before the deploy`)}`,
          ]),
      ...(body === undefined || onward !== undefined ? [] : body.split("\n").map((line) => `      ${line}`)),
      ...(onward === undefined ? [] : busLines(onward).map((line) => `    ${line}`)),
    ];
  }
}

function missLines(paint: Screen["paint"], { rule, reasons }: RuleMiss): string[] {
  const tree = renderExplanation(reasons, { ok: paint.green, bad: paint.red, dim: paint.dim });
  return [`  ${paint.red("✗")} ${rule.name}`, ...tree.split("\n").map((line) => `    ${line}`)];
}

const summary = ({ total, unrouted, undelivered }: Extract<RouteHappening, { kind: "summary" }>): string => {
  if (total === 0) return "evb: no event was read";
  const events = `${total} ${total === 1 ? "event" : "events"}`;
  const trouble = [
    ...(unrouted > 0 ? [`${unrouted} taken by no rule`] : []),
    ...(undelivered > 0 ? [`${undelivered} with a target that would not be called`] : []),
  ];
  return `evb: ${events}${trouble.length === 0 ? ", each taken by a rule" : `, ${trouble.join(", ")}`}`;
};

/** `sqs billing` for a queue's ARN: what a person tells it by. */
const shortArn = (arn: string): string => {
  const service = /^arn:[^:]*:([^:]*):/.exec(arn)?.[1];
  return service === undefined ? arn : `${service} ${shortName(arn)}`;
};

const shortName = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);
