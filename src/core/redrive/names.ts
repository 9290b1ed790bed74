import { parseArn, parseRuleArn } from "../arn.ts";

/** The last part of an ARN, which people call the thing by: queue, function, bus, topic, rule. */
export function nameOfArn(text: string): string {
  const rule = parseRuleArn(text);
  if (rule !== undefined) return rule.rule;
  const resource = parseArn(text)?.resource;
  // Its last part is an id that nobody has chosen.
  if (resource?.startsWith("api-destination/")) return resource.split("/")[1]!;
  // Lambda's own records name $LATEST, which nobody has chosen either; another version or alias is worth to be seen.
  const qualified = qualifiable.exec(resource ?? "");
  if (qualified) return qualified[1]! + (qualified[2] ?? "").replace(":$LATEST", "");
  return resource === undefined
    ? text
    : resource.slice(Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1);
}

/** What may have a version or an alias behind its name. */
const qualifiable = /^(?:function|stateMachine):([^:]+)(:[^:]+)?$/;

/** A person named `arn` by `wanted`: the whole ARN, or its last part, with its version or without. */
export function isNamed(arn: string | undefined, wanted: string): boolean {
  if (arn === undefined) return false;
  return (
    arn === wanted ||
    nameOfArn(arn) === wanted ||
    qualifiable.exec(parseArn(arn)?.resource ?? "")?.[1] === wanted
  );
}

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
