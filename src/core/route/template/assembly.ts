import type { Home } from "../../arn.ts";
import { type Draft, emptyDraft, mergeDrafts } from "../source/model.ts";
import type { Source } from "../source/read.ts";
import { at, entriesOf, type Tree, textOf } from "../source/tree.ts";
import { exportsOf, readTemplate } from "./read.ts";
import type { Claims, TemplateOptions } from "./scope.ts";

/** A stack of a CDK app, synthesised. */
interface Stack {
  readonly template: Tree;
  readonly options: TemplateOptions;
}

/** `cdk.out/manifest.json`: all stacks of an app, stages included. What one exports, the others may import. */
export function readAssembly(source: Source): Draft {
  const stacks = apart(stacksOf(source, source.tree));
  const exports = new Map<string, Tree>();
  // Twice: an export may pass on what another stack exports.
  for (let round = 0; round < 2; round++)
    for (const { template, options } of stacks)
      for (const [name, value] of exportsOf(template, { ...options, exports })) exports.set(name, value);
  const drafts = stacks.map(({ template, options }) => readTemplate(template, { ...options, exports }));
  return mergeDrafts(drafts, drafts[0]?.arnOf ?? emptyDraft((bus) => bus).arnOf);
}

/** Constructs of the same kind have the same logical ids in every stack; what several have is called by the stack too. */
function apart(stacks: readonly Stack[]): Stack[] {
  const claims: Claims = new Map();
  for (const { template, options } of stacks)
    for (const [id] of entriesOf(at(template, "Resources")))
      claims.set(id, claims.has(id) ? undefined : options.stackName);
  return stacks.map(({ template, options }) => ({
    template,
    options: { ...options, stack: options.stackName, claims },
  }));
}

function stacksOf(source: Source, manifest: Tree): Stack[] {
  return entriesOf(at(manifest, "artifacts")).flatMap(([id, { value: artifact, place }]): Stack[] => {
    const type = textOf(at(artifact, "type"));
    const open = (path: string) => {
      const tree = source.open(path, place.file);
      if (tree === undefined)
        source.faults.add(place, `${id}: there is no file ${path}`, "cdk synth makes it");
      return tree;
    };
    if (type === "cdk:cloud-assembly") {
      const folder = textOf(at(artifact, "properties", "directoryName"));
      const nested = folder === undefined ? undefined : open(`${folder}/manifest.json`);
      return nested === undefined ? [] : stacksOf(source, nested);
    }
    const file = textOf(at(artifact, "properties", "templateFile"));
    if (type !== "aws:cloudformation:stack" || file === undefined) return [];
    const template = open(file);
    if (template === undefined) return [];
    const { faults, unknowns } = source;
    const home = source.isHomeFixed
      ? source.home
      : { ...source.home, ...homeOf(textOf(at(artifact, "environment"))) };
    const stackName = textOf(at(artifact, "properties", "stackName")) ?? id;
    return [{ template, options: { home, faults, unknowns, stackName, open: source.open } }];
  });
}

/** `aws://123456789012/eu-west-1`; either may be `unknown-…`. */
function homeOf(environment = ""): Partial<Home> {
  const [, account, region] = /^aws:\/\/(\d{12})?[^/]*\/(?:unknown-region|(.+))?$/.exec(environment) ?? [];
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}
