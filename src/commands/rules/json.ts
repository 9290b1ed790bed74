import type { Rule, Target } from "../../core/route/index.ts";

/** A rule as machines get it; its pattern as the object that it is. */
export function ruleJson({
  name,
  pattern,
  targets,
  unknowns,
  isNameGenerated,
  places,
  ...rule
}: Rule): object {
  return {
    rule: name,
    ...rule,
    ...(pattern !== undefined && { pattern: parsed(pattern) }),
    targets: targets.map(targetJson),
    ...(unknowns.length > 0 && { unknowns: unknowns.map(({ name, path }) => ({ name, path })) }),
  };
}

function targetJson(target: Target): object {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy, ...more } =
    target;
  return {
    id: Id,
    arn: Arn,
    ...(RoleArn && { roleArn: RoleArn }),
    ...(Input !== undefined && { input: Input }),
    ...(InputPath !== undefined && { inputPath: InputPath }),
    ...(InputTransformer && {
      inputTransformer: {
        ...(InputTransformer.InputPathsMap && { inputPathsMap: InputTransformer.InputPathsMap }),
        inputTemplate: InputTransformer.InputTemplate,
      },
    }),
    ...(DeadLetterConfig && { deadLetterArn: DeadLetterConfig.Arn }),
    ...(RetryPolicy && {
      retryPolicy: {
        maximumRetryAttempts: RetryPolicy.MaximumRetryAttempts,
        maximumEventAgeInSeconds: RetryPolicy.MaximumEventAgeInSeconds,
      },
    }),
    ...(Object.keys(more).length > 0 && { parameters: more }),
  };
}

/** A text that becomes JSON only at the deploy stays a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
