import { parseArn } from "../arn.ts";
import { sendDirectly } from "./decide-direct.ts";
import { sendToQueue } from "./decide-queue.ts";
import { decideScheduled } from "./decide-scheduled.ts";
import { decideRuleTarget } from "./decide-target.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";

const elsewhere = "--to queue:NAME, or --to with the ARN of a function, topic, state machine or stream";

/** `--to target`: what was to have the message gets it again, as far as the dead letter says who that was. */
export function decideTarget(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  switch (letter.kind) {
    case "eventbridge":
      return decideRuleTarget(letter, message, about);
    case "sqs":
      return sendToQueue(message, about, letter.origin!, {});
    case "scheduler":
      return decideScheduled(letter, message, about);
    case "lambda-destination":
      return decideFunction(letter, message, about);
    case "lambda":
      return decideAsynchronous(letter, message, about);
    case "sns":
      return skip(
        "it is a subscription's of topic " +
          `${parseArn(letter.origin ?? "")?.resource ?? "?"}, and does not say whose: publishing it again would give it to every subscriber`,
        elsewhere,
      );
    case "pipes":
      return skip(
        "it names a part of a stream and holds no event: a pipe's source still has the records until they expire",
        "read them from the stream by the sequence numbers that the message names",
      );
    default:
      return skip("it does not say who was to have it", elsewhere);
  }
}

/** The record of an asynchronous invocation: the function gets the same payload again. */
function decideFunction(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  if (letter.exhausted === "Success")
    return skip("it records a success: the function has done its work", elsewhere);
  if (letter.payload === undefined)
    return skip(
      "it names a part of a stream or queue and holds no payload",
      "the event source mapping's own source still has the records until they expire",
    );
  return invoke(letter, message, about, letter.targetArn!);
}

/** The dead letter itself names no function, so it is the one that sends its dead letters here. */
function decideAsynchronous(letter: DeadLetter, message: Message, about: Case): Decision | Need {
  const fact = about.facts.functions(about.sourceArn);
  if (fact === undefined) return { need: "functions", queueArn: about.sourceArn };
  if (fact.state !== "found")
    return skip(
      `it does not say which function failed, and the functions may not be looked at${fact.state === "denied" ? `: ${fact.why}` : ""}`,
      "--to with the function's ARN, or let the caller do lambda:ListFunctions",
    );
  const [only, ...others] = fact.value;
  if (only === undefined)
    return skip(
      "it does not say which function failed, and no function of this account and region sends its dead letters to this queue",
      "--to with the function's ARN",
    );
  if (others.length > 0)
    return skip(
      `it does not say which function failed, and ${fact.value.length} send their dead letters to this queue`,
      `--to with the ARN of one of them: ${fact.value.slice(0, 3).join(", ")}`,
    );
  return invoke(letter, message, about, only);
}

const invoke = (letter: DeadLetter, message: Message, about: Case, functionArn: string): Decision | Need =>
  sendDirectly(letter, message, about, functionArn, { body: letter.payload ?? "" }) ??
  skip(`${functionArn} is no function`, elsewhere);
