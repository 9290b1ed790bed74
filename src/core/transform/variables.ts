import { findValue } from "./path.ts";
import type { InputFacts } from "./types.ts";

export const reservedNames = [
  "aws.events.rule-arn",
  "aws.events.rule-name",
  "aws.events.event.ingestion-time",
  "aws.events.event",
  "aws.events.event.json",
] as const;

/** The JSON text of a reserved variable; `undefined` for any other name. */
export function reservedValue(name: string, event: string, facts: InputFacts): string | undefined {
  switch (name) {
    case "aws.events.rule-arn":
      return JSON.stringify(facts.ruleArn);
    case "aws.events.rule-name":
      return JSON.stringify(facts.ruleName);
    case "aws.events.event.ingestion-time":
      return JSON.stringify(facts.ingestionTime);
    case "aws.events.event":
      return withoutDetail(event);
    case "aws.events.event.json":
      return event;
    default:
      return undefined;
  }
}

/** In camel case and in this order, unlike the event itself (recorded in June 2024). */
function withoutDetail(event: string): string {
  const fields = ["id", "account", "detail-type", "time", "source", "region", "resources", "version"]
    .map((key) => ({ key, value: findValue(event, [{ key }]) }))
    .filter(({ value }) => value !== undefined)
    .map(({ key, value }) => `"${key === "detail-type" ? "detailType" : key}":${value}`);
  return `{${fields.join(",")}}`;
}
