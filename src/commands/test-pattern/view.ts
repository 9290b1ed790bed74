import { renderExplanation } from "../../core/pattern/index.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { TestPatternOptions } from "./command.ts";
import type { TestPatternHappening } from "./run.ts";

export function testPatternView(screen: Screen, options: TestPatternOptions): View<TestPatternHappening> {
  const { paint, paintErr } = screen;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "verdict":
        return { out: screen.json ? verdictJson(happening) : verdictText(happening) };
      case "event":
        return { out: happening.bytes };
      case "broken":
        return {
          out:
            screen.json && options.output === "verdicts"
              ? JSON.stringify({ index: happening.index, error: happening.reason, place: happening.place })
              : undefined,
          err: `evb: ${paintErr.red("error")}: ${happening.place}: ${happening.reason}`,
        };
      case "warning":
        return screen.quiet ? undefined : { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
      case "disagreement":
        return { err: disagreement(happening) };
      case "summary":
        if (options.output !== "count") return undefined;
        return {
          out: screen.json
            ? JSON.stringify({ matched: happening.matched, total: happening.total })
            : String(happening.matched),
        };
    }
  };

  function verdictText({ match, reasons }: Verdict): string {
    const word = match ? paint.green("match") : paint.red("no match");
    return reasons === undefined
      ? word
      : `${word}\n${renderExplanation(reasons, { ok: paint.green, bad: paint.red, dim: paint.dim })}`;
  }
}

type Verdict = Extract<TestPatternHappening, { kind: "verdict" }>;

const verdictJson = ({ index, match, reasons }: Verdict): string =>
  JSON.stringify({ index, match, ...(reasons && { reasons }) });

const disagreement = ({
  index,
  here,
  there,
}: Extract<TestPatternHappening, { kind: "disagreement" }>): string =>
  `evb: error: event ${index}: AWS says ${there ? "match" : "no match"}, evb says ${here ? "match" : "no match"}; please report it`;
