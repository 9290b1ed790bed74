import { nearNames } from "../../near.ts";
import type { Place } from "../bus.ts";
import { at, leaf, type Tree, textOf } from "../source/tree.ts";
import { conditionOf } from "./conditions.ts";
import { evaluate, unknown } from "./evaluate.ts";
import { nestedScope } from "./nested.ts";
import { parameterValue } from "./parameters.ts";
import { identify } from "./physical.ts";
import { pseudo } from "./pseudo.ts";
import type { Scope } from "./scope.ts";

/** What `Ref` gives; undefined for `AWS::NoValue`. */
export function getReference(scope: Scope, name: string, place: Place): Tree | undefined {
  if (name.startsWith("AWS::")) return pseudo(scope, name, place);
  const parameter = at(scope.parametersOf, name);
  if (parameter !== undefined) return parameterValue(scope, name, parameter, place);
  const resource = scope.resources.get(name);
  if (resource !== undefined) return leaf(identify(scope, name, resource.value).ref, place);
  return missing(scope, "parameter or resource", name, place);
}

/** What `Fn::GetAtt` gives. */
export function getAttribute(scope: Scope, id: string, attribute: string, place: Place): Tree {
  const resource = scope.resources.get(id)?.value;
  if (resource === undefined) return missing(scope, "resource", id, place);
  if (attribute.startsWith("Outputs.")) {
    const nested = nestedScope(scope, id, resource);
    const output = nested && at(nested.outputs, attribute.slice("Outputs.".length), "Value");
    const value = nested && output && evaluate(output, nested);
    return value ?? unknown(scope, `${id}.${attribute}`, { place });
  }
  const identity = identify(scope, id, resource);
  const known = attribute === "Arn" ? identity.arn : identity.attributes[attribute];
  return known === undefined ? unknown(scope, `${id}.${attribute}`, { place }) : leaf(known, place);
}

/** What another stack exports: known when it is read together with this one. */
export function importValue(scope: Scope, name: string | undefined, place: Place): Tree {
  if (name === undefined) {
    scope.faults.add(place, "Fn::ImportValue takes the name of an export");
    return unknown(scope, "Fn::ImportValue", { place });
  }
  const spelt = scope.unknowns.settle(name);
  return scope.exports?.get(spelt) ?? unknown(scope, `ImportValue ${spelt}`, { place });
}

/** Whether a resource is made; undefined when only the deploy decides. */
export function isMade(scope: Scope, resource: Tree): boolean | undefined {
  const condition = at(resource, "Condition");
  const name = textOf(condition);
  return condition === undefined || name === undefined || conditionOf(scope, name, condition.place);
}

function missing(scope: Scope, what: string, name: string, place: Place): Tree {
  if (isMadeBySam(scope, name)) return unknown(scope, name, { place });
  const names = [...scope.resources.keys()];
  if (what !== "resource" && scope.parametersOf) names.push(...scope.parametersOf.entries.keys());
  scope.faults.add(place, ...noSuch(what, name, names));
  return unknown(scope, name, { place });
}

/** Roles, aliases, versions, stages and implicit APIs, which SAM names after what they are for. */
const isMadeBySam = ({ resources }: Scope, name: string): boolean =>
  [...resources].some(([id, { value }]) => {
    const isSam = textOf(at(value, "Type"))?.startsWith("AWS::Serverless::") === true;
    return isSam && name.length > id.length && (name.startsWith(id) || /^Serverless\w*Api/.test(name));
  });

/** The words for a name that leads nowhere, and those it may have meant. */
export function noSuch(what: string, name: string, names: readonly string[]): [string, string?] {
  const near = nearNames(name, names);
  const sentence = `the template has no ${what} ${name}`;
  return near.length > 0 ? [sentence, `did you mean ${near.join(" or ")}?`] : [sentence];
}
