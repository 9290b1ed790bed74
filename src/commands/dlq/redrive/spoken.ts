import { renderDuration } from "../../../core/duration.ts";
import type { Print } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { RedriveHappening } from "./happening.ts";

export type Of<K extends RedriveHappening["kind"]> = Extract<RedriveHappening, { kind: K }>;

/** Messages that failed are named one by one, but no more than a person reads. */
export const named = 20;

/** What is said by itself, whatever came before it. */
export function spoken(
  screen: Screen,
  happening: Of<"warning" | "hint" | "canary" | "cancelled" | "stopped" | "left" | "remnant">,
): Print | undefined {
  const { paintErr, quiet } = screen;
  switch (happening.kind) {
    case "warning":
      return { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
    case "hint":
      return quiet ? undefined : { err: `hint: ${happening.text}` };
    case "canary":
      return canary(screen, happening);
    case "cancelled":
      return { err: "evb: nothing was sent" };
    case "stopped":
      return { err: `evb: ${paintErr.red("error")}: stopped: ${happening.why}` };
    case "left":
      return {
        err: `evb: left at once${left(happening)}${leftParts(happening.parts)}\nevb: to go on: ${happening.goOn}`,
      };
    case "remnant":
      return {
        err: `evb: left behind: ${happening.part} ${happening.name} (${happening.why})\nhint: evb gc ${happening.name} removes what is left`,
      };
  }
}

function canary({ paintErr, quiet }: Screen, { sent, back }: Of<"canary">): Print | undefined {
  if (back.length === 0)
    return quiet ? undefined : { err: `evb: none of the ${count(sent)} came back; going on` };
  return {
    err: back
      .slice(0, named)
      .map(
        (letter) =>
          `evb: ${paintErr.red("came back")}: ${letter.messageId}: ${letter.errorCode ?? "no error code"}${letter.errorMessage ? `: ${letter.errorMessage}` : ""}`,
      )
      .join("\n"),
  };
}

const left = ({ held, ms }: Of<"left">): string =>
  held === 0
    ? ""
    : `; ${count(held)} stay invisible for up to ${renderDuration(ms)} and then return by themselves`;

const leftParts = (name: string | undefined): string =>
  name === undefined
    ? ""
    : `\nevb: left behind: event bus and queue ${name}\nhint: evb gc ${name} removes them`;

/** `1 message`, `2 messages` */
export const count = (messages: number): string => `${messages} ${messages === 1 ? "message" : "messages"}`;
