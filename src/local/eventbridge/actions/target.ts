import type { Target } from "@aws-sdk/client-eventbridge";
import { type Arn, parseArn } from "../../../core/arn.ts";
import { explainInput } from "../../../core/transform/index.ts";
import type { Wire } from "../../wire.ts";
import { invalid } from "../faults.ts";
import type { Context } from "../operation.ts";
import { demandStandardQueue } from "./dead-letter.ts";

/** Which services a block of parameters is for. Others refuse it. Measured in September 2026. */
const servicesOf: Readonly<Partial<Record<keyof Target, readonly string[]>>> = {
  EcsParameters: ["ecs"],
  KinesisParameters: ["kinesis"],
  BatchParameters: ["batch"],
  HttpParameters: ["events", "execute-api"],
  RedshiftDataParameters: ["redshift", "redshift-serverless"],
  RunCommandParameters: ["ssm"],
  SageMakerPipelineParameters: ["sagemaker"],
  AppSyncParameters: ["appsync"],
};

/** Services that EventBridge calls as a role; the others ask the target's own policy. Measured in September 2026. */
const calledAsRole = new Set([
  "batch",
  "codebuild",
  "codepipeline",
  "ecs",
  "events",
  "firehose",
  "glue",
  "inspector",
  "kinesis",
  "redshift",
  "sagemaker",
  "ssm",
  "ssm-incidents",
  "states",
]);

/** Throws what PutTargets answers for a target that it refuses. */
export function demandTarget(context: Context, target: Wire<Target>): void {
  const arn = parseArn(target.Arn!);
  // Our wording, as no recording of this refusal is known.
  if (arn === undefined)
    throw invalid(`Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (calledAsRole.has(arn.service) && target.RoleArn === undefined)
    throw invalid(`RoleArn is required for target ${target.Arn}.`);
  demandParameters(target, arn);
  const isBus = arn.service === "events" && arn.resource.startsWith("event-bus/");
  if (isBus && (target.Input ?? target.InputPath ?? target.InputTransformer) !== undefined)
    throw invalid(`Modifying the input for target ${target.Id} is not supported`);
  const refused = explainInput(target);
  if (refused !== undefined) throw invalid(refused);
  demandStandardQueue(context, target.DeadLetterConfig);
}

function demandParameters(target: Wire<Target>, { service, resource }: Arn): void {
  for (const [block, services] of Object.entries(servicesOf))
    if (target[block as keyof Target] !== undefined && !services.includes(service))
      throw invalid(`Parameter(s) ${block} not supported for target: ${target.Id}.`);
  const needed =
    service === "ecs" && target.EcsParameters === undefined
      ? "EcsParameters"
      : service === "batch" && target.BatchParameters === undefined
        ? "BatchParameters"
        : service === "sqs" && resource.endsWith(".fifo") && !target.SqsParameters?.MessageGroupId
          ? "SqsParameters"
          : undefined;
  if (needed !== undefined)
    throw invalid(`Parameter(s) ${needed} must be specified for target: ${target.Id}.`);
}
