import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import { nearNames } from "../../../core/near.ts";
import type { Bus, Rule } from "../../../core/route/index.ts";
import type { Run } from "../../perform.ts";
import type { WarningHappening } from "../note.ts";
import { openRules } from "../open.ts";
import type { ShowOptions } from "./command.ts";

export type ShowHappening = WarningHappening | { readonly kind: "rule"; readonly rule: Rule };

export const runShow: Run<ShowOptions, ShowHappening> = async function* (options, stage) {
  const { warnings, buses, name } = await openRules(stage, options);
  for (const text of warnings) yield { kind: "warning", text };
  yield { kind: "rule", rule: findRule(buses, options.rule, name, options.from) };
  return Exit.done;
};

function findRule(buses: readonly Bus[], wanted: string, source: string, from: string | undefined): Rule {
  const rules = buses.flatMap((bus) => bus.rules);
  const found = rules.filter(({ name, arn, logicalId }) => [name, arn, logicalId].includes(wanted));
  if (found.length === 1) return found[0]!;
  if (found.length > 1)
    throw new EvbError("BAD_USAGE", `${found.length} rules are called ${wanted}`, [
      `say which by its ARN: ${found.map(({ arn }) => arn).join(", ")}`,
    ]);
  const near = nearNames(
    wanted,
    rules.map(({ name }) => name),
  );
  const where = buses.length === 1 ? `event bus ${buses[0]!.name}` : source;
  throw new EvbError(from === undefined ? "NOT_FOUND" : "BAD_SOURCE", `${where} has no rule ${wanted}`, [
    near.length > 0 ? `is ${near.join(" or ")} meant?` : "evb rules ls lists them",
  ]);
}
