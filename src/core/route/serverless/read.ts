import type { Faults } from "../source/fault.ts";
import type { Draft } from "../source/model.ts";
import type { Source } from "../source/read.ts";
import { at, dict, type Entry, entriesOf, itemsOf, leaf, type Tree, textOf } from "../source/tree.ts";
import { readTemplate } from "../template/read.ts";
import { functionsOf, resourcesOf } from "./functions.ts";
import { Variables } from "./variables.ts";

/** serverless.yml: what its functions' events become, beside its own CloudFormation resources. */
export function readServerless(source: Source): Draft {
  const variables = new Variables(source);
  const { tree } = source;
  const written = at(tree, "provider", "region");
  const region = source.isHomeFixed ? undefined : textOf(written && variables.resolve(written));
  const home = { ...(region !== undefined && !/[^\w-]/.test(region) && { region }), ...source.home };
  const own = sectionsOf(at(tree, "resources"), variables);
  const named = at(tree, "service", "name") ?? at(tree, "service") ?? leaf("service", tree.place);
  const service = textOf(variables.resolve(named)) ?? "service";
  const stackName = `${service}-${variables.stage}`;
  const functions = functionsOf(at(tree, "functions"), variables, source.faults);
  const resources = new Map([
    ...own("Resources"),
    ...resourcesOf(functions, stackName, variables, source.faults),
  ]);
  warnOfOthers(tree, own("extensions"), source.faults);
  const section = (name: string): Tree => ({ kind: "dict", entries: own(name), place: tree.place });
  const template = dict(
    {
      Parameters: section("Parameters"),
      Mappings: section("Mappings"),
      Conditions: section("Conditions"),
      Outputs: section("Outputs"),
      Resources: { kind: "dict", entries: resources, place: tree.place },
    },
    tree.place,
  );
  return readTemplate(template, { ...source, home, stackName });
}

/** What plugins and extensions make or change is for the framework to say. */
function warnOfOthers(tree: Tree, extensions: ReadonlyMap<string, Entry>, faults: Faults): void {
  const machines = entriesOf(tree).find(([key]) => key === "stepFunctions")?.[1];
  if (machines !== undefined)
    faults.warn(machines.place, "events of stepFunctions are made by a plugin, and are not read");
  for (const [id, { place }] of extensions)
    faults.warn(place, `resources.extensions.${id} is not read: the resource is read without it`);
}

/** `resources` is one template or a list of them. */
function sectionsOf(tree: Tree | undefined, variables: Variables): (name: string) => Map<string, Entry> {
  const resolved = tree && variables.resolve(tree);
  const templates = resolved?.kind === "list" ? itemsOf(resolved) : resolved === undefined ? [] : [resolved];
  return (name) => new Map(templates.flatMap((template) => entriesOf(at(template, name))));
}
