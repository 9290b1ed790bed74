import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import { parseField, type Usage, usagesOf } from "../../../core/route/usages.ts";
import type { Run } from "../../perform.ts";
import type { WarningHappening } from "../note.ts";
import { openRules } from "../open.ts";
import type { UsagesOptions } from "./command.ts";

export type UsagesHappening =
  | WarningHappening
  | { readonly kind: "usage"; readonly usage: Usage }
  | { readonly kind: "end"; readonly field: string; readonly source: string; readonly rules: number };

export const runUsages: Run<UsagesOptions, UsagesHappening> = async function* (options, stage) {
  const field = parseField(options.field);
  if (field === undefined)
    throw new EvbError("BAD_USAGE", `${JSON.stringify(options.field)} is no path of a field`, [
      "as in detail.order.id",
    ]);
  const { warnings, buses, name } = await openRules(stage, options);
  for (const text of warnings) yield { kind: "warning", text };
  const readers = new Set<unknown>();
  for (const rule of buses.flatMap(({ rules }) => rules))
    for (const usage of usagesOf(rule, field)) {
      readers.add(rule);
      yield { kind: "usage", usage };
    }
  yield { kind: "end", field: field.join("."), source: name, rules: readers.size };
  return readers.size > 0 ? Exit.done : Exit.negative;
};
