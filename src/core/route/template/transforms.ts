import type { Faults } from "../source/fault.ts";
import { at, entriesOf, type Tree, textOf } from "../source/tree.ts";
import { isLoop } from "./loops.ts";

/** Transforms that are carried out here, or that make nothing which events go to. */
const known = /^AWS::(Serverless|LanguageExtensions|CodeDeploy|SecretsManager|ServiceCatalog)/;

/** Warns of what the deploy puts into a template and nobody can read before. */
export function warnOfTransforms(template: Tree, faults: Faults): void {
  const transform = at(template, "Transform");
  const all = transform?.kind === "list" ? transform.items : transform === undefined ? [] : [transform];
  for (const one of all) {
    const name = textOf(one) ?? textOf(at(one, "Name"));
    if (name !== undefined && !known.test(name))
      faults.warn(
        one.place,
        `what the macro ${name} makes of the template is not known before the deploy: it is read as it stands`,
      );
  }
  for (const [key, { value, place }] of entriesOf(at(template, "Resources")))
    if (key === "Fn::Transform")
      faults.warn(place, `what ${textOf(at(value, "Name")) ?? key} brings into the template is not read`);
}

/** Warns of loops that are left because only the deploy knows over what they go. */
export function warnOfLoops(resources: Tree | undefined, faults: Faults): void {
  for (const [key, { place }] of entriesOf(resources))
    if (isLoop(key))
      faults.warn(
        place,
        `what ${key} makes is not read: its list is not known before the deploy`,
        "give it with --parameter",
      );
}
