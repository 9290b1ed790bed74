import { parseArn, parseRuleArn } from "../arn.ts";

/** The last part of an ARN, which people call the thing by: queue, function, bus, topic, rule. */
export function nameOfArn(text: string): string {
  const rule = parseRuleArn(text);
  if (rule !== undefined) return rule.rule;
  const resource = parseArn(text)?.resource;
  // Its last part is an id that nobody has chosen.
  if (resource?.startsWith("api-destination/")) return resource.split("/")[1]!;
  return resource === undefined
    ? text
    : resource.slice(Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1);
}

/** A person named `arn` by `wanted`: the whole ARN or its last part. */
export const isNamed = (arn: string | undefined, wanted: string): boolean =>
  arn !== undefined && (arn === wanted || nameOfArn(arn) === wanted);

const kinds: Readonly<Record<string, string>> = {
  sqs: "queue",
  sns: "topic",
  lambda: "function",
  states: "state machine",
  kinesis: "stream",
};

/** What a person calls a thing of that ARN: `queue`, `bus`, `function`, or the service's own name. */
export function kindOfArn(arn: string): string {
  const { service = "", resource = "" } = parseArn(arn) ?? {};
  if (service === "events") return resource.startsWith("event-bus/") ? "bus" : "API destination";
  return kinds[service] ?? service;
}
