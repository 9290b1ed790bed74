import { ensureArchive, ensureBus, ensureQueue, putPolicy } from "../../aws/apply.ts";
import { putRule, putTargets, type Target } from "../../aws/rules.ts";
import type { Home } from "../../core/arn.ts";
import { EvbError } from "../../core/errors.ts";
import {
  type ApplyPlan,
  type ApplyStep,
  type BusModel,
  planApply,
  type Rule,
  rehome,
} from "../../core/route/index.ts";
import { type OpenBusModel, openBusModel } from "../bus-source.ts";
import type { Connection } from "../connect.ts";
import type { Stage } from "../stage.ts";
import { makeOther } from "./others.ts";
import { faultsOfPatterns } from "./patterns.ts";
import { rehearse } from "./rehearse.ts";

/** The emulator's account; a file's ARNs are made with it. */
export const account = "000000000000";

/** A file that an emulator is to be filled with. */
export interface FillOptions {
  readonly from: string;
  readonly parameters?: ReadonlyMap<string, string> | undefined;
}

export interface Fill {
  readonly plan: ApplyPlan;
  /** For stderr: what the file's reader has to say. */
  readonly warnings: OpenBusModel["warnings"];
  /** ARNs and services that a handler stands for. */
  readonly handled?: readonly string[] | undefined;
}

/** What the file means for an emulator of this region. Every mistake of it in one error, before anything is made. */
export async function planFill(
  stage: Stage,
  { from, parameters }: FillOptions,
  region: string,
): Promise<Fill> {
  const emulator: Home = { partition: "aws", region, account };
  const plan = (model: BusModel) => planApply(rehome(model, emulator), emulator);
  const refused = async (model: BusModel, file: string) => [
    ...faultsOfPatterns(model, file),
    ...(await rehearse(plan(model), model, emulator, file)),
  ];
  const { model, warnings } = await openBusModel(stage, { from, parameters }, { emulator, refused });
  return { plan: plan(model), warnings };
}

/** Makes what a plan says, by calls over the wire. Creates and updates, never deletes. */
export async function carryOut({ steps }: ApplyPlan, connection: Connection): Promise<void> {
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  for (const step of steps)
    if (step.kind === "other") await makeOther(step.resource, connection);
    else await make(step, clients);
}

interface Clients {
  readonly events: Awaited<ReturnType<Connection["events"]>>;
  readonly sqs: Awaited<ReturnType<Connection["sqs"]>>;
}

async function make(step: Exclude<ApplyStep, { kind: "other" }>, { events, sqs }: Clients): Promise<void> {
  switch (step.kind) {
    case "queue":
      return ensureQueue(sqs, step.name, step.attributes);
    case "bus":
      return ensureBus(events, step.bus);
    case "policy":
      return putPolicy(events, step.bus, step.policy);
    case "rule":
      return void (await putRule(events, ruleRequest(step.rule)));
    case "targets":
      return attach(step, events);
    case "archive":
      return ensureArchive(events, step.bus, step.archive);
  }
}

const ruleRequest = (rule: Rule) => ({
  Name: rule.name,
  EventBusName: rule.bus,
  State: rule.state,
  ...(rule.pattern === undefined ? {} : { EventPattern: rule.pattern }),
  ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
  ...(rule.description === undefined ? {} : { Description: rule.description }),
});

async function attach(
  step: Extract<ApplyStep, { kind: "targets" }>,
  events: Clients["events"],
): Promise<void> {
  if (step.targets.length === 0) return;
  const results = await putTargets(events, step.bus, step.rule, step.targets as unknown as Target[]);
  for (const [index, result] of results.entries())
    if (!result.ok)
      throw new EvbError(
        "AWS_REFUSED",
        `target ${step.targets[index]?.Id} of rule ${step.rule}: ${result.code}: ${result.message}`,
      );
}
