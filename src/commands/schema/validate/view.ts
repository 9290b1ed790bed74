import { renderMismatch } from "../../../core/schema/mismatch.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { ValidateHappening } from "./run.ts";

export function validateView({ json, paint }: Screen): View<ValidateHappening> {
  return (happening): Print => {
    if (happening.kind === "broken") {
      const { index, place, reason } = happening;
      return json
        ? {
            out: JSON.stringify({ index, valid: false, errorCode: "BAD_EVENT", errorMessage: reason, place }),
          }
        : { err: `evb: ${place}: ${reason}` };
    }
    const { index, place, event, schema, where, mismatches } = happening;
    const valid = schema !== undefined && mismatches.length === 0;
    if (json) return { out: JSON.stringify({ index, valid, schema: schema ?? null, mismatches }) };
    if (schema === undefined) return { out: `${paint.red("no schema")}  ${place}  ${event}  (${where})` };
    if (valid) return { out: `${paint.green("valid")}  ${place}  ${event}  (${schema})` };
    const lines = mismatches.map((mismatch) => `  ${renderMismatch(mismatch)}`);
    return { out: [`${paint.red("invalid")}  ${place}  ${event}  (${schema})`, ...lines].join("\n") };
  };
}
