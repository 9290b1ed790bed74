import { EvbError } from "../../../core/errors.ts";
import { parseTemplate } from "../../../core/event/template/parse.ts";
import { type Change, openChange } from "../../../core/redrive/change.ts";
import { parseJson, readValue } from "../../../shell/input.ts";
import type { World } from "../../../shell/world.ts";
import { openTools } from "../../template-tools.ts";

/** Reads the template of `--transform`: the language of `evb put`, with the event as `event`. */
export async function readChange(world: World, path: string): Promise<Change> {
  const source = await readValue(world, path, "--transform");
  const template = parseTemplate(source.name, source.text, parseJson(source));
  const open = template.variables.find((variable) => !("default" in variable));
  if (open !== undefined)
    throw new EvbError(
      "BAD_TEMPLATE",
      `${source.name}: the variable ${open.name} has no default, and --transform is given no values`,
      [`give it one in $template, or take it from the event: {"$eval": "event.detail.${open.name}"}`],
    );
  return openChange(template, await openTools(world, [template], undefined));
}
