import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { Preview } from "./draft.ts";
import type { TransformHappening } from "./run.ts";

/** A body is written as it is; `--json` puts each into an object of one line. */
export function transformView(screen: Screen): View<TransformHappening> {
  const error = `evb: ${screen.paintErr.red("error")}:`;
  return (happening) => {
    switch (happening.kind) {
      case "warning":
        return screen.quiet
          ? undefined
          : { err: `evb: ${screen.paintErr.yellow("warning")}: ${happening.text}` };
      case "broken":
        return { err: `${error} ${happening.place}: ${happening.reason}` };
      case "preview":
        return { err: previewText(screen, happening.preview) };
      case "made":
        return {
          out: JSON.stringify(happening.transformer, null, screen.tty ? 2 : undefined),
          err: screen.quiet ? undefined : `evb: the command that does the same: ${happening.same}`,
        };
      case "input": {
        const { index, target, result } = happening;
        const told = result.ok ? { body: result.body } : { problem: result.reason };
        return {
          ...(screen.json
            ? { out: JSON.stringify({ index, target, ...told }) }
            : result.ok && { out: result.body }),
          ...(!result.ok && {
            err: `${error} event ${index}: EventBridge would not call target ${target}: ${result.reason}`,
          }),
        };
      }
    }
  };
}

/** The body that the first event comes to, and what becomes of the others. */
function previewText({ paintErr }: Screen, { refusal, results }: Preview): string {
  if (refusal !== undefined) return `  ${paintErr.red("AWS would refuse it")}: ${refusal}`;
  const lost = results.flatMap(({ name, result }) =>
    result.ok ? [] : [`  ${paintErr.red(`EventBridge would not deliver ${name}`)}: ${result.reason}`],
  );
  const sent = results.find(({ result }) => result.ok);
  const others = results.length - lost.length - 1;
  return [
    ...(sent?.result.ok ? [`  ${paintErr.green("the target gets")} ${paintErr.bold(sent.result.body)}`] : []),
    ...(others > 0 ? [`  and ${others} further ${others === 1 ? "event is" : "events are"} delivered`] : []),
    ...lost,
  ].join("\n");
}
