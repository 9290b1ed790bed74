import { ensureBus, ensureQueue } from "../../aws/apply.ts";
import { putRule, putTargets, type Target } from "../../aws/rules.ts";
import { EvbError } from "../../core/errors.ts";
import { type ApplyStep, planApply } from "../../core/route/apply-plan.ts";
import type { BusFile } from "../../core/route/bus-file.ts";
import type { Connection } from "../connect.ts";

/** The emulator's account; a file's ARNs are made with it. */
const account = "000000000000";

/** Makes what the file describes, by calls over the wire. Creates and updates, never deletes. */
export async function applyBusFile(
  file: BusFile,
  connection: Connection,
  region: string,
): Promise<ApplyStep[]> {
  const steps = planApply(file, { partition: "aws", region, account });
  const [events, sqs] = await Promise.all([connection.events(), connection.sqs()]);
  for (const step of steps) {
    if (step.kind === "queue") await ensureQueue(sqs, step.name, step.attributes);
    else if (step.kind === "bus") await ensureBus(events, step.name, step.description);
    else if (step.kind === "rule")
      await putRule(events, {
        Name: step.name,
        EventBusName: step.bus,
        EventPattern: JSON.stringify(step.spec.pattern),
        State: step.spec.state ?? "ENABLED",
        ...(step.spec.description === undefined ? {} : { Description: step.spec.description }),
      });
    else await attach(step, events);
  }
  return steps;
}

async function attach(
  step: Extract<ApplyStep, { kind: "targets" }>,
  events: Awaited<ReturnType<Connection["events"]>>,
) {
  if (step.targets.length === 0) return;
  const results = await putTargets(events, step.bus, step.rule, step.targets as Target[]);
  for (const [index, result] of results.entries())
    if (!result.ok)
      throw new EvbError(
        "AWS_REFUSED",
        `target ${step.targets[index]?.Id} of rule ${step.rule}: ${result.code}: ${result.message}`,
      );
}

/** How many of each kind a plan makes, in words. */
export function countSteps(steps: readonly ApplyStep[]): string {
  const many = (count: number, word: string) =>
    `${count} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;
  const of = (kind: ApplyStep["kind"]) => steps.filter((step) => step.kind === kind).length;
  return `${many(of("bus"), "bus")}, ${many(of("rule"), "rule")}, ${many(of("queue"), "queue")}`;
}
