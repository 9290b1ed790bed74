import type { ChalkInstance } from "chalk";
import { changesNumbers } from "../../core/event/exact.ts";
import { storeMessage } from "../../core/redrive/journal.ts";
import { nameOfArn } from "../../core/redrive/names.ts";
import { explainCode } from "../../core/redrive/reasons.ts";
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

/** A dead letter in full, for a person. */
export function renderLetter({ message, letter }: Scanned, paint: ChalkInstance): string {
  const reason = explainCode(letter.errorCode);
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
    ["body", letter.payload ?? message.body],
  ];
  const shown = lines.filter(([, text]) => text !== undefined && text !== "");
  return [
    paint.bold(letter.messageId),
    ...shown.map(([name, text]) => `  ${paint.dim(name.padEnd(7))} ${text}`),
  ].join("\n");
}
