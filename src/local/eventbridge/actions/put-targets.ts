import type { PutTargetsRequest, PutTargetsResponse, Target } from "@aws-sdk/client-eventbridge";
import { parseArn } from "../../../core/arn.ts";
import { busLimits } from "../../../core/limits.ts";
import { explainInput } from "../../../core/transform/index.ts";
import type { Wire } from "../../wire.ts";
import { invalid, overLimit } from "../faults.ts";
import type { Context, Operation } from "../operation.ts";
import { list, required, structure } from "../validation/shape.ts";
import { busNameOrArn, ruleName, target } from "../validation/shapes.ts";
import { demandStandardQueue } from "./dead-letter.ts";
import { demandUnmanaged } from "./rule.ts";

/** Adds targets, or replaces those with the same id. All are checked before one is kept. */
export const putTargets = {
  name: "PutTargets",
  input: structure("PutTargetsRequest", {
    Rule: required(ruleName),
    EventBusName: busNameOrArn,
    Targets: required(list(target, { min: 1, max: busLimits.targetsPerCall })),
  }),
  run(context, { Rule, EventBusName, Targets }) {
    const rule = context.store.rule(context.store.bus(EventBusName), Rule!);
    demandUnmanaged(rule);
    const targets = Targets as Wire<Target>[];
    for (const target of targets) check(context, target);
    const ids = new Set([...rule.targets.keys(), ...targets.map(({ Id }) => Id!)]);
    if (ids.size > busLimits.targetsPerRule) throw overLimit();
    for (const target of targets) rule.targets.set(target.Id!, target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
} satisfies Operation<Wire<PutTargetsRequest>, Wire<PutTargetsResponse>>;

function check({ queues }: Context, target: Wire<Target>): void {
  const { Id, Arn } = target;
  const arn = parseArn(Arn!);
  // Our wording, as no recording of this refusal is known.
  if (arn === undefined)
    throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  const isBus = arn.service === "events" && arn.resource.startsWith("event-bus/");
  if (isBus && (target.Input ?? target.InputPath ?? target.InputTransformer) !== undefined)
    throw invalid(`Modifying the input for target ${Id} is not supported`);
  const refused = explainInput(target);
  if (refused !== undefined) throw invalid(refused);
  demandStandardQueue(queues, target.DeadLetterConfig, `DeadLetterConfig for target ${Id}`);
  // Documented; the wording is ours.
  if (arn.service === "sqs" && arn.resource.endsWith(".fifo") && !target.SqsParameters?.MessageGroupId)
    throw invalid(
      `Parameter(s) SqsParameters must be specified for target: ${Id}. Reason: the queue is a FIFO queue.`,
    );
}
