import type { BusAnswer, Delivery } from "../../core/route/route.ts";
import type { RouteHappening } from "./happening.ts";

/** One line an event; rules that do not match are in it with `--all` only. */
export function routedJson({
  index,
  event,
  answer,
  others,
}: Extract<RouteHappening, { kind: "routed" }>): string {
  return JSON.stringify({
    index,
    event,
    ...busOf(answer),
    ...(others.length > 0 && {
      others: others.map(({ rule, reasons }) => ({ rule: rule.name, reasons })),
    }),
  });
}

function busOf({ bus, rules }: BusAnswer): object {
  return {
    bus: bus.name,
    rules: rules.map(({ rule, verdict, deliveries, unknowns }) => ({
      rule: rule.name,
      verdict,
      ...(unknowns.length > 0 && { unknowns: unknowns.map(({ name, path }) => ({ name, path })) }),
      targets: deliveries.map(deliveryOf),
    })),
  };
}

function deliveryOf({ target, body, problem, open, onward }: Delivery): object {
  return {
    id: target.Id,
    arn: target.Arn,
    ...(target.DeadLetterConfig && { deadLetterArn: target.DeadLetterConfig.Arn }),
    ...(body !== undefined && { body }),
    ...(problem !== undefined && { problem }),
    ...(open !== undefined && { dependsOn: open }),
    ...(onward !== undefined && { onward: busOf(onward) }),
  };
}
