import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { GenerateOptions } from "./command.ts";
import type { GenerateHappening } from "./run.ts";

/** An event for a pipe is one line, as `put -` and `test-pattern` read events; a template is for people to edit. */
export function generateView(screen: Screen, { template, name }: GenerateOptions): View<GenerateHappening> {
  return ({ made, source, guessed }): Print => {
    const pretty = template || (screen.tty && !screen.json);
    const notes = [
      ...(guessed ? [`${name} does not name its source and detail type: they are taken from its name`] : []),
      ...(template && source.startsWith("aws.")
        ? [`only AWS may publish as ${source}: change the source`]
        : []),
    ];
    return {
      out: JSON.stringify(made, null, pretty ? 2 : undefined),
      err:
        screen.quiet || notes.length === 0 ? undefined : notes.map((note) => `evb: note: ${note}`).join("\n"),
    };
  };
}
