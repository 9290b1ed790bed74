import { EvbError } from "../../core/errors.ts";
import { nearNames } from "../../core/near.ts";
import type { Bus, BusModel, Rule } from "../../core/route/bus.ts";
import { openChosenBus } from "../chosen-bus.ts";
import type { Stage } from "../stage.ts";
import type { TransformOptions } from "./command.ts";
import type { ChosenTarget } from "./run.ts";

/** A target of a rule that is deployed, or that will be. */
export async function openRuleTarget(options: TransformOptions, stage: Stage): Promise<ChosenTarget> {
  const { bus, model, warnings } = await openChosenBus(stage, options);
  const name = options.rule!;
  const rule = bus.rules.find((other) => other.name === name || other.logicalId === name);
  if (rule === undefined) throw noRule(name, bus, model, options.from !== undefined);
  const target = chooseTarget(rule, options.target, options.from !== undefined);
  const unknowns = rule.unknowns.filter(({ path }) => path.startsWith(`targets.${target.Id}.`));
  return {
    target,
    ruleArn: rule.arn,
    ruleName: rule.name,
    busArn: bus.arn,
    warnings: [
      ...warnings,
      ...unknowns.map(
        ({ name: unknown, path }) => `${path} is not known before the deploy: it is shown as \${${unknown}}`,
      ),
    ],
  };
}

/** It may be on another bus of the file. */
function noRule(name: string, bus: Bus, { buses }: BusModel, isOfFile: boolean): EvbError {
  const names = bus.rules.map((other) => other.name);
  const elsewhere = buses.filter(({ rules }) =>
    rules.some((rule) => rule.name === name || rule.logicalId === name),
  );
  const where = `bus ${bus.name}`;
  if (elsewhere.length === 0) return noSuch("rule", name, where, names, isOfFile);
  return new EvbError("BAD_USAGE", `${where} has no rule ${name}`, [
    `it is on another bus: --bus ${elsewhere.map((other) => other.name).join(", or --bus ")}`,
  ]);
}

function chooseTarget(rule: Rule, id: string | undefined, isOfFile: boolean) {
  const ids = rule.targets.map(({ Id }) => Id);
  const [only, another] = rule.targets;
  if (id === undefined && only !== undefined && another === undefined) return only;
  if (id === undefined && only !== undefined)
    throw new EvbError("BAD_USAGE", `rule ${rule.name} has ${ids.length} targets`, [
      `say which with --target: ${ids.join(", ")}`,
    ]);
  const found = rule.targets.find(({ Id }) => Id === id);
  if (found === undefined) throw noSuch("target", id ?? "", `rule ${rule.name}`, ids, isOfFile);
  return found;
}

function noSuch(
  kind: string,
  name: string,
  where: string,
  names: readonly string[],
  isOfFile: boolean,
): EvbError {
  const near = nearNames(name, names);
  return new EvbError(
    isOfFile ? "BAD_SOURCE" : "NOT_FOUND",
    name === "" ? `${where} has no ${kind}` : `${where} has no ${kind} ${name}`,
    [
      near.length > 0
        ? `is ${near.join(" or ")} meant?`
        : names.length > 0
          ? `it has ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", …" : ""}`
          : `it has no ${kind} at all`,
    ],
  );
}
