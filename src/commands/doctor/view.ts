import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { DoctorHappening } from "./run.ts";

/** Settings first, then what was found by asking, then what was not asked. */
export function doctorView({ json, quiet, paint, paintErr }: Screen): View<DoctorHappening> {
  const marks = { ok: paint.green("✓"), missing: paint.red("✗"), failed: paint.red("✗") };
  return (happening): Print | undefined => {
    if (json) {
      const { kind, ...rest } = happening;
      return { out: JSON.stringify({ type: kind, ...rest }) };
    }
    switch (happening.kind) {
      case "setting":
        return { out: `  ${happening.name}  ${happening.value}  ${paint.dim(`(${happening.from})`)}` };
      case "finding": {
        const { check, status, detail, hints } = happening;
        const lines = hints.map((hint) => `    ${paint.dim(hint)}`);
        return { out: [`${marks[status]} ${check}  ${detail}`, ...lines].join("\n") };
      }
      case "unprobed":
        return { out: paint.dim(`· not tried, for ${happening.verbs}: ${happening.actions.join(", ")}`) };
      case "summary": {
        if (quiet) return undefined;
        const { missing, works } = happening;
        if (!works) return { err: `evb: ${paintErr.red("AWS cannot be used")}` };
        return {
          err:
            missing.length === 0
              ? `evb: ${paintErr.green("nothing is missing")}`
              : `evb: ${paintErr.red("missing")}: ${missing.join(", ")}`,
        };
      }
    }
  };
}
