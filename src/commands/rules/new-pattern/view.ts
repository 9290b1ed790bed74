import { renderExplanation } from "../../../core/pattern/index.ts";
import { renderCondition } from "../../../core/pattern-draft/condition.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { Draft } from "./draft.ts";
import type { NewPatternHappening } from "./happening.ts";

/** So many of the matching events are named. */
const mostNamed = 5;

export function newPatternView(screen: Screen): View<NewPatternHappening> {
  const { paintErr, quiet, json } = screen;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "note":
        return quiet ? undefined : { err: `evb: note: ${happening.text}` };
      case "draft":
        return { err: draftText(screen, happening.draft) };
      case "why": {
        const tree = renderExplanation(happening.reasons, {
          ok: paintErr.green,
          bad: paintErr.red,
          dim: paintErr.dim,
        });
        return { err: `${happening.name}\n${tree}` };
      }
      case "made": {
        const { draft, same, next } = happening;
        const lines = [
          // While questions were asked, both have been said.
          ...(same === undefined ? [...warningLines(screen, draft), ...countLines(draft)] : []),
          ...(same === undefined ? [] : [`evb: the command that does the same: ${same}`]),
          ...(next === undefined ? [] : [`hint: ${next}`]),
        ];
        return {
          out: json
            ? JSON.stringify(draftJson(draft))
            : JSON.stringify(JSON.parse(draft.pattern.source), null, screen.tty ? 2 : undefined),
          err: quiet || lines.length === 0 ? undefined : lines.join("\n"),
        };
      }
    }
  };
}

function draftText(screen: Screen, draft: Draft): string {
  const { hits, misses } = draft;
  const named = hits.slice(0, mostNamed).map(({ name }) => name);
  const more = hits.length > mostNamed ? ", …" : "";
  const which = hits.length === 0 || misses.length === 0 ? "" : `: ${named.join(", ")}${more}`;
  const count = `matches ${hits.length} of ${hits.length + misses.length}${which}`;
  return [
    `  ${screen.paintErr.bold(draft.pattern.source)}`,
    `  ${hits.length === 0 ? screen.paintErr.yellow(count) : count}`,
    ...warningLines(screen, draft),
  ].join("\n");
}

const warningLines = ({ paintErr }: Screen, { warnings }: Draft): string[] =>
  warnings.map(({ message }) => `evb: ${paintErr.yellow("warning")}: ${message}`);

function countLines({ hits, misses }: Draft): string[] {
  const total = hits.length + misses.length;
  return total === 0 ? [] : [`evb: matches ${hits.length} of ${total} ${total === 1 ? "event" : "events"}`];
}

const draftJson = ({ pattern, conditions, warnings, hits, misses }: Draft): object => ({
  pattern: JSON.parse(pattern.source) as unknown,
  fields: conditions.map(renderCondition),
  warnings: warnings.map(({ message }) => message),
  matched: hits.length,
  total: hits.length + misses.length,
});
