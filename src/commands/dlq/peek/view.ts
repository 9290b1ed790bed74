import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { letterJson, renderLetter } from "../letter-view.ts";
import type { RedriveHappening } from "../redrive/happening.ts";
import { redriveView } from "../redrive/view.ts";
import type { PeekOptions } from "./command.ts";
import { endText, shown } from "./end-view.ts";
import { groupsText } from "./group-view.ts";
import type { PeekHappening } from "./run.ts";

type Letter = Extract<PeekHappening, { kind: "message" }>;

export function peekView(screen: Screen, options: PeekOptions): View<PeekHappening> {
  const { paint, paintErr } = screen;
  const most = options.filters.max ?? shown;
  let redrive: View<RedriveHappening> | undefined;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "warning":
        return { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
      case "message":
        return letter(happening);
      case "full":
        return { out: `${renderLetter(happening.scanned, paint, true)}\n` };
      case "command":
        return { err: `evb: the command that does the same: ${happening.text}` };
      case "redrive":
        redrive ??= redriveView(screen, happening.options);
        return redrive(happening.happening);
      case "end":
        return { out: groupsText(screen, options, happening), err: endText(screen, options, happening) };
    }
  };

  function letter({ scanned, index, walked }: Letter): Print {
    if (options.groupsOnly || walked || (!screen.json && index >= most))
      return { progress: `${index + 1} messages looked at` };
    return {
      out: screen.json
        ? JSON.stringify(letterJson(scanned))
        : `${renderLetter(scanned, paint, options.full)}\n`,
    };
  }
}
