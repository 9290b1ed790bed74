import { kindOf } from "../event/draft.ts";
import { changesNumbers } from "../event/exact.ts";
import type { Tools } from "../event/template/functions.ts";
import type { Template } from "../event/template/parse.ts";
import { renderTemplate } from "../event/template/render.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";

/** A dead letter as it is to be sent, or why it cannot be changed. */
export type Changed =
  | { readonly ok: true; readonly letter: DeadLetter; readonly message: Message }
  | { readonly ok: false; readonly reason: string };

export type Change = (letter: DeadLetter, message: Message) => Changed;

/**
 * Changes what was to be delivered by a template that sees it as `event` (and why it failed as `deadLetter`) and gives
 * the changed one back. An envelope's fields that the template leaves out stay as they were.
 */
export function openChange(template: Template, tools: (index: number) => Tools): Change {
  let index = 0;
  return (letter, message) => {
    const event = eventIn(letter);
    if (typeof event === "string") return { ok: false, reason: event };
    const [changed, ...more] = renderTemplate(template, { event, deadLetter: about(letter) }, tools(index++));
    const fault = more.length > 0 ? "it gives more than one event" : faultOf(changed, letter);
    if (fault !== undefined) return { ok: false, reason: `${template.name} gives no valid event: ${fault}` };
    return changedTo(letter, message, { ...envelopeOf(event, letter), ...(changed as object) });
  };
}

function eventIn({ payload, broken }: DeadLetter): Readonly<Record<string, unknown>> | string {
  if (broken !== undefined) return `it is malformed: ${broken}`;
  if (payload === undefined) return "it holds no event to change";
  if (changesNumbers(payload)) return "it holds an integer that a template would round";
  try {
    const event: unknown = JSON.parse(payload);
    if (typeof event === "object" && event !== null && !Array.isArray(event))
      return event as Record<string, unknown>;
  } catch {
    // Said below.
  }
  return "what it holds is no JSON object, so there is nothing that a template could change";
}

const about = ({ messageId, kind, errorCode, errorMessage, ruleArn, targetArn }: DeadLetter) => ({
  messageId,
  kind,
  errorCode: errorCode ?? null,
  errorMessage: errorMessage ?? null,
  rule: ruleArn ?? null,
  target: targetArn ?? null,
});

/** What an event must have, where it was one before. */
function faultOf(changed: unknown, { event }: DeadLetter): string | undefined {
  if (typeof changed !== "object" || changed === null || Array.isArray(changed))
    return `it gives ${kindOf(changed)}`;
  if (event === undefined) return undefined;
  const { source, detail, "detail-type": type } = changed as Record<string, unknown>;
  if (typeof source !== "string" || source === "") return `source must be a text, found ${kindOf(source)}`;
  if (typeof type !== "string" || type === "") return `detail-type must be a text, found ${kindOf(type)}`;
  if (typeof detail !== "object" || detail === null || Array.isArray(detail))
    return `detail must be an object, found ${kindOf(detail)}`;
  return undefined;
}

const envelope = ["version", "id", "account", "time", "region", "resources"];

/** In the order in which EventBridge writes an event. */
function envelopeOf(event: Readonly<Record<string, unknown>>, letter: DeadLetter): object {
  if (letter.event === undefined) return {};
  return Object.fromEntries(
    Object.entries(event).filter(
      ([name]) => envelope.includes(name) || name === "source" || name === "detail-type",
    ),
  );
}

function changedTo(letter: DeadLetter, message: Message, event: object): Changed {
  const payload = JSON.stringify(event);
  const { id, source, time, "detail-type": detailType } = event as Record<string, string | undefined>;
  return {
    ok: true,
    letter: { ...letter, payload, event: letter.event && { id, source, detailType, time } },
    // Where the event lies inside an envelope of another service, the envelope is left behind.
    message: { ...message, body: payload },
  };
}
