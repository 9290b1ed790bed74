import { isBusV2Arn, parseRuleArn, renderArn } from "../arn.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";
import { makeEntry } from "./outgoing.ts";

/** PutEvents again: every rule of the bus that matches fires. Without `bus`, on the bus of the rule that failed. */
export function decideBus(
  letter: DeadLetter,
  message: Message,
  about: Case,
  bus: string | undefined,
): Decision | Need {
  const name = bus ?? busOfRule(letter.ruleArn);
  if (name === undefined) return skip("it does not say which bus it came from", "--to bus:NAME names one");
  if (isBusV2Arn(name)) return skip("its bus is of the newer kind, which is not supported");
  if (letter.event === undefined || letter.broken !== undefined)
    return skip(
      `it holds no event${letter.broken ? `: ${letter.broken}` : ""}`,
      "--to queue:NAME moves it as it is",
    );
  const fact = about.facts.bus(name);
  if (fact === undefined) return { need: "bus", bus: name };
  if (fact.state === "missing")
    return skip(
      `bus ${name} does not exist: it would take the event and drop it`,
      "--to bus:NAME names another",
    );
  if (fact.state === "denied")
    return skip(
      `bus ${name} cannot be checked, and a bus that is missing takes events and drops them: ${fact.why}`,
      "the caller needs events:DescribeEventBus",
    );
  const { arn, rules } = fact.value;
  const made = makeEntry(letter, message, arn);
  if ("faults" in made)
    return skip(
      `it cannot be published again: ${made.faults.join("; ")}`,
      "--to target gives it to the target that failed alone",
    );
  const fires = rules?.filter((rule) => rule.matches(letter.payload!)).map((rule) => rule.name);
  if (fires?.length === 0)
    return skip(
      `no enabled rule of bus ${fact.value.name} matches it, so it would vanish`,
      "--to target or --to queue:NAME delivers it without a rule that matches",
    );
  return { do: "send", sending: { to: "bus", arn, entry: made.entry, bytes: made.bytes, rules: fires } };
}

/** The bus of a rule in ARN form, because it may be in another account. */
function busOfRule(ruleArn: string | undefined): string | undefined {
  const rule = ruleArn === undefined ? undefined : parseRuleArn(ruleArn);
  return rule && renderArn(rule.arn, "events", `event-bus/${rule.bus}`);
}
