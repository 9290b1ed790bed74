import type { ChalkInstance } from "chalk";
import { changesNumbers } from "../../core/event/exact.ts";
import { storeMessage } from "../../core/redrive/journal.ts";
import { nameOfArn } from "../../core/redrive/names.ts";
import { explainLetter } from "../../core/redrive/remedy.ts";
import type { Scanned } from "./selection.ts";

/** A dead letter as one JSON object; `event` is what was to be delivered, as JSON where it is JSON. */
export function letterJson({ message, letter }: Scanned): Record<string, unknown> {
  const { body: _body, ...stored } = storeMessage(message);
  return {
    messageId: letter.messageId,
    kind: letter.kind,
    errorCode: letter.errorCode,
    errorMessage: letter.errorMessage,
    rule: letter.ruleArn,
    target: letter.targetArn,
    origin: letter.origin,
    attempts: letter.attempts,
    exhausted: letter.exhausted,
    sentAt: letter.sentAt === undefined ? undefined : new Date(letter.sentAt).toISOString(),
    receives: letter.receives,
    broken: letter.broken,
    event: payload(letter.payload),
    body: letter.payload === message.body ? undefined : message.body,
    attributes: stored.attributes,
    systemAttributes: stored.systemAttributes,
  };
}

/** As JSON, unless that would change a number in it. */
function payload(text: string | undefined): unknown {
  if (text === undefined || !/^\s*[{[]/.test(text) || changesNumbers(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const kinds = {
  eventbridge: "EventBridge rule",
  "eventbridge-v2": "newer event bus: a record without the event; cannot be redriven",
  scheduler: "EventBridge Scheduler",
  pipes: "EventBridge Pipes: a range of a stream, without its records",
  lambda: "Lambda, asynchronous invocation",
  "lambda-destination": "Lambda, failure destination",
  sns: "SNS subscription",
  sqs: "SQS redrive policy",
  unknown: "unknown kind",
} as const;

/** A dead letter for a person; `full` with its body over lines and with everything that SQS says of the message. */
export function renderLetter({ message, letter }: Scanned, paint: ChalkInstance, full = false): string {
  const reason = explainLetter(letter);
  const tries =
    letter.attempts === undefined
      ? ""
      : `after ${letter.attempts} ${letter.attempts === 1 ? "retry" : "retries"}`;
  const lines: (readonly [string, string | undefined])[] = [
    [
      "from",
      `${kinds[letter.kind]}${letter.origin && letter.ruleArn === undefined ? ` (${letter.origin})` : ""}`,
    ],
    [
      "event",
      letter.event &&
        [letter.event.source, letter.event.detailType, letter.event.id].filter(Boolean).join(" · "),
    ],
    ["rule", letter.ruleArn && `${nameOfArn(letter.ruleArn)} (${letter.ruleArn})`],
    ["target", letter.targetArn && `${nameOfArn(letter.targetArn)} (${letter.targetArn})`],
    [
      "error",
      letter.errorCode &&
        `${paint.red(letter.errorCode)}${letter.errorMessage ? `: ${letter.errorMessage}` : ""}`,
    ],
    [
      "tries",
      [tries, letter.exhausted && `until ${letter.exhausted}`].filter(Boolean).join(" ") || undefined,
    ],
    ["means", reason?.meaning],
    ["remedy", reason?.remedy],
    ["broken", letter.broken && paint.yellow(letter.broken)],
    ["since", letter.sentAt === undefined ? undefined : new Date(letter.sentAt).toISOString()],
    ...(full ? restOf({ message, letter }) : [["body", letter.payload ?? message.body] as const]),
  ];
  const width = full ? 14 : 7;
  const shown = lines.filter(([, text]) => text !== undefined && text !== "");
  return [
    paint.bold(letter.messageId),
    ...shown.map(([name, text]) => `  ${paint.dim(name.padEnd(width))} ${text}`),
    ...(full ? ["", indent(pretty(letter.payload ?? message.body))] : []),
  ].join("\n");
}

/** What is of use once a single message is looked at. */
function restOf({ message, letter }: Scanned): (readonly [string, string | undefined])[] {
  const known = /^(RULE_ARN|TARGET_ARN|ERROR_CODE|ERROR_MESSAGE|RETRY_ATTEMPTS|EXHAUSTED_RETRY_CONDITION)$/;
  const { attributes } = storeMessage(message);
  const others = Object.entries(attributes).filter(
    ([name]) => letter.ruleArn === undefined || !known.test(name),
  );
  return [
    ["event time", letter.event?.time],
    ["receives", letter.receives === undefined ? undefined : String(letter.receives)],
    ["group", message.system.MessageGroupId],
    ["dedup id", message.system.MessageDeduplicationId],
    ["trace", message.system.AWSTraceHeader],
    ...others.map(([name, { DataType, StringValue, BinaryValue }]): readonly [string, string] => [
      name,
      `${StringValue ?? `${BinaryValue} (base64)`}${DataType === "String" ? "" : `  ${DataType}`}`,
    ]),
    // Where the event lies inside something else, that is shown as well.
    ["envelope", letter.payload === undefined || letter.payload === message.body ? undefined : message.body],
  ];
}

/** JSON over lines, unless that would change a number in it; any other text as it is. */
function pretty(text: string): string {
  const value = payload(text);
  return typeof value === "string" || value === undefined ? text : JSON.stringify(value, undefined, 2);
}

const indent = (text: string): string => text.replace(/^/gm, "    ");
