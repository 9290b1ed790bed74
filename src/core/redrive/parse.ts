import { readEventBridge } from "./kinds/eventbridge.ts";
import { readEventBridgeV2 } from "./kinds/eventbridge-v2.ts";
import { isObject, type Json, type ReadKind, textOf } from "./kinds/kind.ts";
import { readLambda, readLambdaDestination } from "./kinds/lambda.ts";
import { readPipes } from "./kinds/pipes.ts";
import { readScheduler } from "./kinds/scheduler.ts";
import { readSns } from "./kinds/sns.ts";
import { readSqs } from "./kinds/sqs.ts";
import type { DeadLetter, OriginalEvent } from "./letter.ts";
import { type Message, sentAt } from "./message.ts";

/** The order matters: what is told by an attribute goes before what is guessed from a body. */
const kinds: readonly ReadKind[] = [
  readEventBridgeV2,
  readScheduler,
  readEventBridge,
  readLambda,
  readLambdaDestination,
  readPipes,
  readSns,
  readSqs,
];

/** Reads any message of a dead-letter queue. Never fails: what it does not know has the kind `unknown`. */
export function parseLetter(message: Message): DeadLetter {
  const json = parseObject(message.body);
  const found = first(message, json) ?? { kind: "unknown", payload: message.body };
  // A source queue is worth knowing even where another service wrote the message.
  const origin = found.origin ?? message.system.DeadLetterQueueSourceArn;
  const receives = Number(message.system.ApproximateReceiveCount);
  return {
    messageId: message.messageId,
    kind: found.kind,
    payload: found.payload,
    event: eventOf(found.payload === message.body ? json : parseObject(found.payload)),
    origin,
    ruleArn: found.ruleArn,
    targetArn: found.targetArn,
    errorCode: found.errorCode,
    errorMessage: found.errorMessage,
    attempts: found.attempts,
    exhausted: found.exhausted,
    sentAt: sentAt(message),
    receives: Number.isFinite(receives) ? receives : undefined,
    broken: found.broken,
  };
}

function first(message: Message, json: Json | undefined) {
  for (const read of kinds) {
    const found = read(message, json);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parseObject(text: string | undefined): Json | undefined {
  if (text === undefined || !text.trimStart().startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An event has a source and a type; everything else may be missing. */
function eventOf(json: Json | undefined): OriginalEvent | undefined {
  const source = textOf(json?.source);
  const detailType = textOf(json?.["detail-type"]);
  if (json === undefined || source === undefined || detailType === undefined) return undefined;
  return { id: textOf(json.id), source, detailType, time: textOf(json.time) };
}
