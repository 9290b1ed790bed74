import type { Draft } from "../source/model.ts";
import type { Source } from "../source/read.ts";
import { at, dict, type Entry, entriesOf, itemsOf, leaf, type Tree, textOf } from "../source/tree.ts";
import { readTemplate } from "../template/read.ts";
import { resourcesOf } from "./functions.ts";
import { Variables } from "./variables.ts";

/** serverless.yml: what its functions' events become, beside its own CloudFormation resources. */
export function readServerless(source: Source): Draft {
  const variables = new Variables(source);
  const { tree } = source;
  const written = at(tree, "provider", "region");
  const region = source.isHomeFixed ? undefined : textOf(written && variables.resolve(written));
  const home = { ...(region !== undefined && !/[^\w-]/.test(region) && { region }), ...source.home };
  const own = sectionsOf(at(tree, "resources"), variables);
  const service = textOf(variables.resolve(at(tree, "service") ?? leaf("service", tree.place))) ?? "service";
  const stackName = `${service}-${variables.stage}`;
  const resources = new Map([...own("Resources"), ...resourcesOf(tree, stackName, variables, source.faults)]);
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

/** `resources` is one template or a list of them. */
function sectionsOf(tree: Tree | undefined, variables: Variables): (name: string) => Map<string, Entry> {
  const resolved = tree && variables.resolve(tree);
  const templates = resolved?.kind === "list" ? itemsOf(resolved) : resolved === undefined ? [] : [resolved];
  return (name) => new Map(templates.flatMap((template) => entriesOf(at(template, name))));
}
