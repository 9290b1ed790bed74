import { parseArn, renderArn } from "../arn.ts";
import { type Goods, sendDirectly } from "./decide-direct.ts";
import { sendToQueue } from "./decide-queue.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";

type Request = Readonly<Record<string, unknown>>;

/**
 * The Scheduler keeps the request that it tried. Four calls are made again, with the caller's own permission instead of
 * the schedule's role: those that hand over a payload. Any other could do anything, so it is left to the person.
 */
export function decideScheduled(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  if (letter.broken !== undefined) return skip(letter.broken, "--to queue:NAME moves it as it is");
  const operation = operationOf(letter.targetArn);
  const request = parse(letter.payload ?? "");
  const call = calls[operation];
  if (call === undefined || request === undefined)
    return skip(
      `the Scheduler tried ${operation === "" ? "a call that the message does not name" : operation}, which is not made again from here`,
      "make the call yourself with the request that `evb dlq peek --json` shows as the payload",
    );
  const strange = Object.keys(request).find((name) => !call.members.includes(lower(name)));
  if (strange !== undefined)
    return skip(`the Scheduler's request has ${strange}, which would be lost`, "make the call yourself");
  const find = (name: string): string | undefined => {
    const value = Object.entries(request).find(([member]) => lower(member) === name)?.[1];
    return typeof value === "string" ? value : value === undefined ? undefined : JSON.stringify(value);
  };
  const to = find(call.to);
  if (to === undefined) return skip("the Scheduler's request names no destination", "make the call yourself");
  const goods: Goods = { body: find(call.body) ?? "{}", attributes: {}, groupId: find("messagegroupid") };
  // By name, a queue is looked up; a function may be named without its ARN.
  if (call === calls["sqs:sendMessage"]) return sendToQueue(message, about, to, goods);
  const home = parseArn(about.sourceArn)!;
  const arn = parseArn(to) ? to : renderArn(home, "lambda", `function:${to}`);
  return sendDirectly(letter, message, about, arn, goods) ?? skip(`${to} is no destination of this call`);
}

interface Call {
  /** The members that are understood, in lower case: the API's own spelling and the Scheduler's differ in the first letter. */
  readonly members: readonly string[];
  readonly to: string;
  readonly body: string;
}

const calls: Readonly<Record<string, Call>> = {
  "sqs:sendMessage": {
    members: ["queueurl", "messagebody", "messagegroupid"],
    to: "queueurl",
    body: "messagebody",
  },
  "sns:publish": { members: ["topicarn", "message"], to: "topicarn", body: "message" },
  "lambda:invoke": {
    members: ["functionname", "payload", "invocationtype"],
    to: "functionname",
    body: "payload",
  },
  "states:startExecution": {
    members: ["statemachinearn", "input"],
    to: "statemachinearn",
    body: "input",
  },
};

/** What each service is tried with when the target's ARN is the thing itself. */
const templated: Readonly<Record<string, string>> = {
  sqs: "sqs:sendMessage",
  sns: "sns:publish",
  lambda: "lambda:invoke",
  states: "states:startExecution",
};

/** `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`, or the ARN of a queue, topic, function or state machine. */
function operationOf(targetArn: string | undefined): string {
  const arn = parseArn(targetArn ?? "");
  const found = /^aws-sdk:(\w+):(\w+)/.exec(arn?.resource ?? "") ?? /^(\w+):(\w+)$/.exec(arn?.resource ?? "");
  if (arn?.service !== "scheduler") return templated[arn?.service ?? ""] ?? "";
  if (found === null) return "";
  return `${found[1] === "sfn" ? "states" : found[1]}:${found[2]}`;
}

function parse(text: string): Request | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Request)
      : undefined;
  } catch {
    return undefined;
  }
}

const lower = (name: string): string => name.toLowerCase();
