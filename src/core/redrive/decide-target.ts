import { isBusV2Arn, parseArn, parseRuleArn } from "../arn.ts";
import { utf8Bytes } from "../event/size.ts";
import { transformInput } from "../transform/index.ts";
import { sendDirectly } from "./decide-direct.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need, RuleTarget } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";
import { relayDetail, relayRoute } from "./relay.ts";

const elsewhere = "--to bus, bus:NAME, queue:NAME or an ARN sends elsewhere";
const asItIs = "--to queue:NAME moves it as it is";

/** Only the one target that failed gets the message, with the input that its rule makes for it now. */
export function decideRuleTarget(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  const { ruleArn, targetArn } = letter;
  if (ruleArn === undefined || targetArn === undefined) return skip("it names no target", elsewhere);
  if (letter.broken !== undefined) return skip(`it is malformed: ${letter.broken}`, asItIs);
  const rule = parseRuleArn(ruleArn);
  if (rule === undefined) return skip(`its rule is no ARN of a rule: ${ruleArn}`, elsewhere);
  const fact = about.facts.targets(ruleArn);
  if (fact === undefined) return { need: "targets", ruleArn };
  if (fact.state === "missing")
    return skip(`rule ${rule.rule} of bus ${rule.bus} does not exist any more`, elsewhere);
  if (fact.state === "denied")
    return skip(
      `the targets of rule ${rule.rule} may not be looked at: ${fact.why}`,
      "the caller needs events:ListTargetsByRule",
    );
  const alike = fact.value.filter(({ Arn }) => Arn === targetArn);
  // Of several with one ARN, it was one whose dead letters come into this queue.
  const ours = alike.filter(({ deadLetterArn }) => deadLetterArn === about.sourceArn);
  const targets = ours.length > 0 ? ours : alike;
  const target = targets[0];
  if (target === undefined)
    return skip(`rule ${rule.rule} of bus ${rule.bus} has no target ${targetArn} any more`, elsewhere);
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
  if (isBusV2Arn(target.Arn))
    return skip(`its target is an event bus of the newer kind (${target.Arn})`, elsewhere);
  const made = transformInput(target, letter.payload!, {
    ruleArn: letter.ruleArn!,
    ruleName,
    // The dead letter does not tell when the bus took the event in; its own time is nearest.
    ingestionTime: letter.event?.time ?? "",
  });
  if (!made.ok) return skip(`the rule's input cannot be made of it: ${made.reason}`, asItIs);
  if (made.body === "") return skip("the rule's input transformer makes an empty body of it", elsewhere);
  const goods = {
    body: made.body,
    // A delivery of EventBridge has no attributes; those of the dead letter are about its failure.
    attributes: {},
    groupId: target.groupId,
    partitionKeyPath: target.partitionKeyPath,
  };
  return (
    sendDirectly(letter, message, about, target.Arn, goods) ?? sendThrough(letter, message, target, made.body)
  );
}

/** EventBridge calls it, as it would have called it for the rule. */
function sendThrough(letter: DeadLetter, message: Message, target: RuleTarget, input: string): Decision {
  const route = relayRoute(letter.ruleArn!, target);
  const detail = relayDetail(route, message.messageId, input, letter.payload!);
  if (detail === undefined)
    return skip(
      `its target is ${kindOf(target.Arn)} (${target.Arn}), which only EventBridge can call, and that only with JSON: the rule's input is none`,
      elsewhere,
    );
  return {
    do: "send",
    sending: {
      to: "relay",
      arn: target.Arn,
      route,
      detail,
      bytes: utf8Bytes(detail) + envelopeBytes,
      traceHeader: message.system.AWSTraceHeader,
    },
  };
}

/** More than source, detail type, resources and time of the event that carries it. */
const envelopeBytes = 256;

const isAlike = (a: RuleTarget, b: RuleTarget): boolean => {
  const { Id: _a, deadLetterArn: _x, ...mine } = a;
  const { Id: _b, deadLetterArn: _y, ...other } = b;
  return JSON.stringify(mine) === JSON.stringify(other);
};

const services: Readonly<Record<string, string>> = {
  events: "an API destination",
  "execute-api": "an API Gateway",
  firehose: "a Firehose stream",
  logs: "a log group",
  ecs: "an ECS task",
  batch: "a Batch job",
};

const kindOf = (arn: string): string => services[parseArn(arn)?.service ?? ""] ?? "of another kind";
