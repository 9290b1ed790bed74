import type { Faults } from "../source/fault.ts";
import { at, entriesOf, type Tree, textOf } from "../source/tree.ts";
import { evaluate } from "./evaluate.ts";
import { expandLoops } from "./loops.ts";
import { expandSam } from "./sam/expand.ts";
import { openScope, type Scope } from "./scope.ts";
import { warnOfLoops, warnOfTransforms } from "./transforms.ts";

/** Sections of a template that are read. */
export function scopeOfTemplate(template: Tree, options: Parameters<typeof openScope>[1]): Scope {
  const parameters = at(template, "Parameters");
  const parametersOf = parameters?.kind === "dict" ? parameters : undefined;
  const mappings = at(template, "Mappings");
  const none = { conditions: undefined, outputs: undefined, resources: undefined };
  const outer = openScope({ parametersOf, mappings, ...none }, { ...options, claims: new Map() });
  const [conditions, outputs, resources] = ["Conditions", "Outputs", "Resources"].map((name) => {
    const tree = at(template, name);
    return tree && expandLoops(tree, outer);
  });
  demandDict(resources, options.faults);
  warnOfTransforms(template, options.faults);
  warnOfLoops(resources, options.faults);
  return openScope(
    {
      ...{ parametersOf, mappings, conditions, outputs },
      resources: expandSam(template, resources, options.faults),
    },
    options,
  );
}

function demandDict(resources: Tree | undefined, faults: Faults): void {
  if (resources !== undefined && resources.kind !== "dict")
    faults.add(resources.place, "Resources: expected an object");
}

/** The template of a nested stack that lies beside this one; undefined where it lies elsewhere, of which is warned. */
export function nestedScope(scope: Scope, id: string, resource: Tree): Scope | undefined {
  const known = scope.nested.get(id);
  if (known !== undefined || scope.nested.has(id)) return known;
  // Set before the parameters are evaluated: they may ask for an output of this very stack.
  scope.nested.set(id, undefined);
  const location = locationOf(resource);
  const path = location && textOf(location);
  const template =
    path === undefined || /^(https?|s3):/.test(path) ? undefined : scope.open(path, resource.place.file);
  if (template === undefined) {
    const where = path === undefined ? "a place that only the deploy knows" : path;
    scope.faults.about(id, () =>
      scope.faults.warn(
        (location ?? resource).place,
        `the nested stack is not read: its template is at ${where}`,
      ),
    );
    return undefined;
  }
  const parameters = new Map<string, Tree>();
  for (const [name, { value }] of entriesOf(at(resource, "Properties", "Parameters"))) {
    const evaluated = evaluate(value, scope);
    if (evaluated !== undefined) parameters.set(name, evaluated);
  }
  const stack = scope.stack === "" ? id : `${scope.stack}-${id}`;
  const nested = scopeOfTemplate(template, { ...scope, stackName: undefined, stack, parameters });
  scope.nested.set(id, nested);
  return nested;
}

/** Where a nested stack's template lies. CDK puts it into a bucket and notes the file. */
function locationOf(resource: Tree): Tree | undefined {
  return (
    at(resource, "Metadata", "aws:asset:path") ??
    at(resource, "Properties", "TemplateURL") ??
    at(resource, "Properties", "Location")
  );
}

export const isNestedStack = (type: string | undefined): boolean =>
  type === "AWS::CloudFormation::Stack" || type === "AWS::Serverless::Application";
