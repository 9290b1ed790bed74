import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { describeRule } from "../../aws/rules.ts";
import { askTestEventPattern } from "../../aws/test-event-pattern.ts";
import { EvbError } from "../../core/errors.ts";

/** The pattern of a deployed rule. */
export async function readRulePattern(client: EventBridgeClient, rule: string, bus: string): Promise<string> {
  const found = await describeRule(client, bus, rule);
  if (found === undefined)
    throw new EvbError("NOT_FOUND", `rule ${rule} does not exist on event bus ${bus}`, [
      `list them: aws events list-rules --event-bus-name ${bus}`,
    ]);
  if (found.EventPattern === undefined)
    throw new EvbError(
      "BAD_USAGE",
      `rule ${rule} has no event pattern: it runs on the schedule ${found.ScheduleExpression ?? "of AWS"}`,
    );
  return found.EventPattern;
}

/** What TestEventPattern demands of an event. */
const demanded = {
  id: "00000000-0000-0000-0000-000000000000",
  "detail-type": "",
  source: "",
  account: "000000000000",
  time: "1970-01-01T00:00:00Z",
  region: "us-east-1",
} as const;

/** AWS's own verdict. What it demands of an event and this one lacks is filled in, ahead of the rest. */
export async function askRemote(
  client: EventBridgeClient,
  pattern: string,
  event: Uint8Array,
): Promise<boolean> {
  const text = Buffer.from(event).toString("utf8").trim();
  const given = Object.keys(JSON.parse(text));
  const missing = Object.entries(demanded).filter(([name]) => !given.includes(name));
  const head = missing.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",");
  const filled = head === "" ? text : `{${head}${given.length > 0 ? "," : ""}${text.slice(1)}`;
  return askTestEventPattern(client, pattern, filled);
}
