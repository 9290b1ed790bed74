import { parseArn, parseRuleArn } from "../arn.ts";

/** The last part of an ARN, which people call the thing by: queue, function, bus, topic, rule. */
export function nameOfArn(text: string): string {
  const rule = parseRuleArn(text);
  if (rule !== undefined) return rule.rule;
  const resource = parseArn(text)?.resource;
  return resource === undefined
    ? text
    : resource.slice(Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1);
}

/** A person named `arn` by `wanted`: the whole ARN or its last part. */
export const isNamed = (arn: string | undefined, wanted: string): boolean =>
  arn !== undefined && (arn === wanted || nameOfArn(arn) === wanted);
