import { isBusV2Arn, parseArn, parseRuleArn } from "../arn.ts";
import { transformInput } from "../transform/index.ts";
import { decideBus } from "./decide-bus.ts";
import { sendToQueue } from "./decide-queue.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need, RuleTarget } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";

const elsewhere = "--to bus, bus:NAME or queue:NAME sends elsewhere";

/** Only the one target that failed gets the message, with the input that its rule makes for it now. */
export function decideTarget(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  if (letter.kind === "sqs") return sendToQueue(message, about, letter.origin!, {});
  if (letter.ruleArn === undefined || letter.targetArn === undefined)
    return skip(
      letter.targetArn ? `its target is ${unsupported(letter.targetArn)}` : "it names no target",
      elsewhere,
    );
  if (letter.broken !== undefined)
    return skip(`it is malformed: ${letter.broken}`, "--to queue:NAME moves it as it is");
  const rule = parseRuleArn(letter.ruleArn);
  if (rule === undefined) return skip(`its rule is no ARN of a rule: ${letter.ruleArn}`, elsewhere);
  const fact = about.facts.targets(letter.ruleArn);
  if (fact === undefined) return { need: "targets", ruleArn: letter.ruleArn };
  if (fact.state === "missing")
    return skip(`rule ${rule.rule} of bus ${rule.bus} does not exist any more`, elsewhere);
  if (fact.state === "denied")
    return skip(
      `the targets of rule ${rule.rule} may not be looked at: ${fact.why}`,
      "the caller needs events:ListTargetsByRule",
    );
  const alike = fact.value.filter(({ Arn }) => Arn === letter.targetArn);
  // Of several with one ARN, it was one whose dead letters come into this queue.
  const ours = alike.filter(({ deadLetterArn }) => deadLetterArn === about.sourceArn);
  const targets = ours.length > 0 ? ours : alike;
  const target = targets[0];
  if (target === undefined)
    return skip(`rule ${rule.rule} of bus ${rule.bus} has no target ${letter.targetArn} any more`, elsewhere);
  if (targets.some((other) => !isAlike(other, target)))
    return skip(
      `rule ${rule.rule} has ${targets.length} targets with this ARN and different inputs; the message does not say which one failed`,
      elsewhere,
    );
  return deliver(letter, message, about, target, rule.rule);
}

function deliver(
  letter: DeadLetter,
  message: Message,
  about: Case,
  target: RuleTarget,
  ruleName: string,
): Decision | Need {
  const service = parseArn(target.Arn)?.service;
  if (service === "events" && /:event-bus\//.test(target.Arn))
    return decideBus(letter, message, about, target.Arn);
  if (service !== "sqs") return skip(`its target is ${unsupported(target.Arn)}`, elsewhere);
  const made = transformInput(target, letter.payload!, {
    ruleArn: letter.ruleArn!,
    ruleName,
    // The dead letter does not tell when the bus took the event in; its own time is nearest.
    ingestionTime: letter.event?.time ?? "",
  });
  if (!made.ok)
    return skip(`the rule's input cannot be made of it: ${made.reason}`, "--to queue:NAME moves it as it is");
  if (made.body === "") return skip("the rule's input transformer makes an empty body of it", elsewhere);
  return sendToQueue(message, about, target.Arn, {
    body: made.body,
    // A delivery of EventBridge has no attributes; those of the dead letter are about its failure.
    attributes: {},
    groupId: target.groupId,
  });
}

const isAlike = (a: RuleTarget, b: RuleTarget): boolean => {
  const { Id: _a, ...mine } = a;
  const { Id: _b, ...other } = b;
  return JSON.stringify(mine) === JSON.stringify(other);
};

const services: Readonly<Record<string, string>> = {
  sns: "an SNS topic",
  lambda: "a Lambda function",
  states: "a Step Functions state machine",
  kinesis: "a Kinesis stream",
  events: "an API destination",
  firehose: "a Firehose stream",
  logs: "a log group",
  ecs: "an ECS task",
  batch: "a Batch job",
  scheduler: "an API call of the Scheduler",
};

/** What a target is that cannot be sent to directly. */
function unsupported(arn: string): string {
  const service = parseArn(arn)?.service ?? "";
  const what = isBusV2Arn(arn) ? "an event bus of the newer kind" : (services[service] ?? "of another kind");
  return `${what} (${arn}), which cannot be sent to directly`;
}
