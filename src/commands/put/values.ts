import { EvbError } from "../../core/errors.ts";
import type { Tools } from "../../core/event/template/functions.ts";
import type { Template } from "../../core/event/template/parse.ts";
import { findMissing, type Given, type Missing } from "../../core/event/template/render.ts";
import { coerce } from "../../core/event/template/variables.ts";
import { nearNames } from "../../core/near.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { Stage } from "../stage.ts";
import type { PutOptions } from "./command.ts";

/** The values that templates may ask for: `--vars`, over them `--var`, and what a person answers. */
export async function collectValues(
  { vars, varsFile }: Pick<PutOptions, "vars" | "varsFile">,
  templates: readonly Template[],
  tools: Tools,
  stage: Stage,
  /** Names whose values come by themselves later on. */
  coming: ReadonlySet<string> = new Set(),
): Promise<Given> {
  for (const [name] of vars) demandUse(name, templates);
  const given = {
    ...(varsFile === undefined ? {} : await readVars(stage, varsFile)),
    ...Object.fromEntries(vars),
  };
  const missing = templates
    .flatMap((template) => findMissing(template, given, tools))
    .filter(({ name }) => !coming.has(name));
  const wanted = [...new Map(missing.map((variable) => [variable.name, variable])).values()];
  if (wanted.length === 0) return given;
  if (!stage.mayAsk) throw missingValues(wanted);
  return { ...given, ...(await askFor(wanted, stage)) };
}

async function readVars(stage: Stage, value: string): Promise<Record<string, unknown>> {
  const source = await readValue(stage.world, value, "--vars");
  const json = parseJson(source);
  if (typeof json === "object" && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>;
  throw new EvbError("BAD_USAGE", `${source.name}: expected an object of values`, [
    'for example {"customer": "c-42", "total": 19.5}',
  ]);
}

/** A `--var` that nothing asks for is a slip of the pen. Of a file, which may serve several templates, it is not. */
function demandUse(name: string, templates: readonly Template[]): void {
  const used = ({ text }: Template) =>
    new RegExp(`(?<![\\w.])${name.replace(/\W/g, "\\$&")}(?!\\w)`).test(text);
  if (templates.some(used)) return;
  const near = nearNames(
    name,
    templates.flatMap(({ variables }) => variables.map((variable) => variable.name)),
  );
  throw new EvbError(
    "BAD_USAGE",
    templates.length > 0 ? `--var ${name}: no template asks for it` : `--var ${name}: there is no template`,
    near.length > 0 ? [`did you mean ${near.join(" or ")}?`] : [],
  );
}

function missingValues(missing: readonly Missing[]): EvbError {
  const named = missing.map(({ name, place }) => `${name} (${place})`).join(", ");
  const described = missing.flatMap(({ name, description }) =>
    description ? [`${name}: ${description}`] : [],
  );
  return new EvbError(
    "MISSING_VALUE",
    `the template needs ${missing.length === 1 ? "a value" : "values"} for ${named}`,
    [`give them: ${missing.map(({ name }) => `--var ${name}=…`).join(" ")}, or --vars FILE`, ...described],
  );
}

async function askFor(missing: readonly Missing[], { world }: Stage): Promise<Record<string, unknown>> {
  const { askText } = await import("../../shell/ask.ts");
  const answers: Record<string, unknown> = {};
  for (const variable of missing) {
    const { name, description, type } = variable;
    const about = [description, type === "string" ? undefined : type].filter(Boolean).join(", ");
    answers[name] = await askText(world, about ? `${name} (${about})` : name, (text) => {
      const read = coerce(text, variable);
      return typeof read === "string" ? read : undefined;
    });
  }
  return answers;
}
