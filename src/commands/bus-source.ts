import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { listRules, listTargets } from "../aws/rules.ts";
import { busArn, ruleArn } from "../core/arn.ts";
import { EvbError } from "../core/errors.ts";
import { planApply } from "../core/route/apply-plan.ts";
import type { Bus, BusModel, Rule, Target } from "../core/route/bus.ts";
import type { BusFile } from "../core/route/bus-file.ts";
import { findBus } from "./bus.ts";
import { readBusFile } from "./bus-file.ts";
import { localRegion } from "./connect.ts";
import type { Stage } from "./stage.ts";

export interface OpenedBus {
  readonly model: BusModel;
  /** The one that is meant. */
  readonly bus: Bus;
}

/** The bus of `--bus`, deployed or out of a bus file or starter (`--from`). */
export async function openBusModel(
  stage: Stage,
  { from, bus }: { readonly from: string | undefined; readonly bus: string },
): Promise<OpenedBus> {
  if (from === undefined) {
    const connection = await stage.connect();
    const { name, home } = await findBus(connection, bus);
    const rules = await readRules(await connection.events(), bus, name);
    const found: Bus = { name, arn: busArn(home, name), rules };
    return { model: { buses: [found], queues: [] }, bus: found };
  }
  const model = modelOf(await readBusFile(stage.world, from), stage.global.region ?? localRegion);
  return { model, bus: chooseBus(model, bus, from) };
}

async function readRules(events: EventBridgeClient, bus: string, name: string): Promise<Rule[]> {
  const rules: Rule[] = [];
  for await (const rule of listRules(events, bus))
    rules.push({
      name: rule.Name!,
      bus: name,
      arn: rule.Arn!,
      state: rule.State ?? "ENABLED",
      ...(rule.EventPattern !== undefined && { pattern: rule.EventPattern }),
      ...(rule.ScheduleExpression !== undefined && { schedule: rule.ScheduleExpression }),
      ...(rule.ManagedBy !== undefined && { managedBy: rule.ManagedBy }),
      targets: ((await listTargets(events, bus, rule.Name!)) ?? []) as Target[],
      unknowns: [],
    });
  return rules;
}

function modelOf(file: BusFile, region: string): BusModel {
  const home = { partition: "aws", region, account: "000000000000" };
  const steps = planApply(file, home);
  const targetsOf = (bus: string, rule: string): Target[] =>
    steps.flatMap((step) =>
      step.kind === "targets" && step.bus === bus && step.rule === rule ? step.targets : [],
    );
  const buses = Object.entries(file.buses).map(([bus, { rules }]) => ({
    name: bus,
    arn: busArn(home, bus),
    rules: Object.entries(rules).map(
      ([name, { state = "ENABLED", pattern }]): Rule => ({
        name,
        bus,
        arn: ruleArn(home, bus, name),
        state,
        pattern: JSON.stringify(pattern),
        targets: targetsOf(bus, name),
        unknowns: [],
      }),
    ),
  }));
  return { buses, queues: [] };
}

/** The only bus of a file need not be named. */
function chooseBus({ buses }: BusModel, name: string, from: string): Bus {
  const found =
    buses.find((bus) => bus.name === name) ??
    (name === "default" && buses.length === 1 ? buses[0] : undefined);
  if (found !== undefined) return found;
  throw new EvbError("NOT_FOUND", `${from} has no bus ${name}`, [
    `name one with --bus: ${buses.map((bus) => bus.name).join(", ")}`,
  ]);
}
