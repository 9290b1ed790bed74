import { renderExplanation } from "../../core/pattern/index.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { TestPatternOptions } from "./command.ts";
import type { TestPatternHappening, Verdict } from "./happening.ts";

export function testPatternView(screen: Screen, options: TestPatternOptions): View<TestPatternHappening> {
  const { paint, paintErr } = screen;
  const words = { match: paint.green("match"), miss: paint.red("no match") };
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "verdicts":
        return { out: happening.verdicts.map(screen.json ? verdictJson : verdictText).join("\n") };
      case "events":
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
    const word = match ? words.match : words.miss;
    return reasons === undefined
      ? word
      : `${word}\n${renderExplanation(reasons, { ok: paint.green, bad: paint.red, dim: paint.dim })}`;
  }
}

const verdictJson = ({ index, match, reasons }: Verdict): string =>
  JSON.stringify({ index, match, ...(reasons && { reasons }) });

const disagreement = ({
  index,
  here,
  there,
}: Extract<TestPatternHappening, { kind: "disagreement" }>): string =>
  `evb: error: event ${index}: AWS says ${there ? "match" : "no match"}, evb says ${here ? "match" : "no match"}; please report it`;
