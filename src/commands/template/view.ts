import type { Template } from "../../core/event/template/parse.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { CheckHappening } from "./check.ts";
import type { LsHappening } from "./ls.ts";
import type { NewHappening } from "./new.ts";
import type { ShowHappening } from "./show.ts";

const about = ({ description, variables }: Template) => ({ description, variables });

export function lsView(screen: Screen): View<LsHappening> {
  return ({ name, path, template, fault }): Print => {
    if (screen.json)
      return { out: JSON.stringify({ name, path, ...(template ? about(template) : { fault }) }) };
    if (template === undefined) return { err: `evb: ${fault}` };
    const variables = template.variables.map((variable) =>
      "default" in variable ? variable.name : `${variable.name} (must be given)`,
    );
    const lines = [screen.paint.bold(name), `  ${template.description ?? "(no description)"}`];
    if (variables.length > 0) lines.push(`  variables: ${variables.join(", ")}`);
    return { out: lines.join("\n") };
  };
}

export function showView(screen: Screen): View<ShowHappening> {
  return ({ template, example }): Print => {
    if (example === undefined)
      return {
        out: screen.json
          ? JSON.stringify({ path: template.name, ...about(template), body: template.body })
          : template.text.trimEnd(),
      };
    const pretty = screen.tty && !screen.json;
    const { events, standIns } = example;
    return {
      out: events.map((event) => JSON.stringify(event, null, pretty ? 2 : undefined)).join("\n"),
      err:
        screen.quiet || standIns.length === 0
          ? undefined
          : `evb: note: stand-ins for what must be given: ${standIns.join(", ")}`,
    };
  };
}

export function checkView(screen: Screen): View<CheckHappening> {
  return ({ template, events, faults }): Print => {
    if (screen.json) return { out: JSON.stringify({ template, ok: faults.length === 0, events, faults }) };
    if (faults.length > 0) return { err: faults.map((fault) => `evb: ${fault}`).join("\n") };
    return { out: `${screen.paint.green("ok")}  ${template}` };
  };
}

export function newView(screen: Screen): View<NewHappening> {
  return ({ path, name, text, variables, notes }): Print => {
    const said = notes.map((note) => `evb: note: ${note}`);
    if (path === "-")
      return { out: text.trimEnd(), err: screen.quiet ? undefined : said.join("\n") || undefined };
    const names = variables.map((variable) => variable.name);
    if (screen.json) return { out: JSON.stringify({ path, variables: names, notes }) };
    const given = variables.filter(({ isGiven }) => isGiven).map((variable) => ` --var ${variable.name}=…`);
    said.unshift(`evb: wrote ${path}${names.length > 0 ? ` (variables: ${names.join(", ")})` : ""}`);
    said.push(`hint: evb put ${name}${given.join("")} --dry-run`);
    return screen.quiet ? {} : { err: said.join("\n") };
  };
}
