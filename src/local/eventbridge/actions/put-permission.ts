import type { PutPermissionRequest } from "@aws-sdk/client-eventbridge";
import { busLimits } from "../../../core/limits.ts";
import { parsePolicy } from "../../../core/policy.ts";
import { ServiceFault } from "../../fault.ts";
import type { Wire } from "../../wire.ts";
import { invalid } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { renderPolicy, type Statement, statementsOf } from "../policy.ts";
import { required, structure, text } from "../validation/shape.ts";
import { nonPartnerBusName, statementId } from "../validation/shapes.ts";

/** Sets the whole policy, which then comes back letter for letter, or adds one statement. */
export const putPermission = {
  name: "PutPermission",
  input: structure("PutPermissionRequest", {
    EventBusName: nonPartnerBusName,
    Action: text({ min: 1, max: 64, pattern: "events:[a-zA-Z]+" }),
    Principal: text({ min: 1, max: 12, pattern: String.raw`(\d{12}|\*)` }),
    StatementId: statementId,
    Condition: structure("Condition", {
      Type: required(text()),
      Key: required(text()),
      Value: required(text()),
    }),
    Policy: text(),
  }),
  run({ store, site }, input) {
    const bus = store.bus(input.EventBusName);
    const policy = input.Policy ?? withStatement(bus.policy, statementOf(input, bus.arn, site.partition));
    if (!isPolicy(policy))
      throw invalid("Parameter Policy is not valid. Reason: it is not a JSON object with statements.");
    if (policy.length > busLimits.policyChars)
      throw new ServiceFault(
        "PolicyLengthExceededException",
        `The policy of the event bus is longer than ${busLimits.policyChars} characters.`,
      );
    bus.policy = policy;
    bus.modifiedAt = site.clock.now();
    store.buses.touch(bus.name);
    return undefined;
  },
} satisfies Operation<Wire<PutPermissionRequest>>;

function statementOf(input: Wire<PutPermissionRequest>, resource: string, partition: string): Statement {
  const { Action, Principal, StatementId, Condition } = input;
  if (Action === undefined || Principal === undefined || StatementId === undefined)
    throw invalid("Parameters Action, Principal and StatementId must be specified unless Policy is.");
  return {
    Sid: StatementId,
    Effect: "Allow",
    Principal: Principal === "*" ? "*" : { AWS: `arn:${partition}:iam::${Principal}:root` },
    Action,
    Resource: resource,
    ...(Condition === undefined
      ? {}
      : { Condition: { [Condition.Type!]: { [Condition.Key!]: Condition.Value } } }),
  };
}

/** A statement with the same id is replaced. */
function withStatement(policy: string | undefined, statement: Statement): string {
  const others = statementsOf(policy).filter(({ Sid }) => Sid !== statement.Sid);
  return renderPolicy([...others, statement]);
}

function isPolicy(text: string): boolean {
  const policy = parsePolicy(text) as { readonly Statement?: unknown } | undefined;
  return (
    policy !== undefined &&
    [policy.Statement ?? []]
      .flat()
      .every((each) => typeof each === "object" && each !== null && !Array.isArray(each)) &&
    policy.Statement !== null
  );
}
