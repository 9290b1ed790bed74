import { at, itemsOf, type Tree, textOf } from "../source/tree.ts";

/** A resource of a plan or a state. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** `[0]`, `["eu"]`, or empty. */
  readonly index: string;
  /** The address of its module: `module.queues["eu"]`; empty for the root. */
  readonly module: string;
  readonly values: Tree;
  /** What the plan does not know: `true` in the place of each such value. Absent in a state. */
  readonly unknown: Tree | undefined;
  /** Which configuration of the provider makes it, where it is not the first: `aws.us`. */
  readonly provider: string | undefined;
  /** How the configuration makes its values. Absent in a state. */
  readonly expressions: Tree | undefined;
  readonly place: Tree["place"];
}

/** `terraform show -json`, made ready to be asked. */
export interface Show {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly tree: Tree;
}

export function openShow(tree: Tree): Show {
  const root = at(tree, "planned_values", "root_module") ?? at(tree, "values", "root_module");
  const changes = new Map<string, Tree>();
  for (const change of itemsOf(at(tree, "resource_changes"))) {
    const address = textOf(at(change, "address"));
    const unknown = at(change, "change", "after_unknown");
    if (address !== undefined && unknown !== undefined) changes.set(address, unknown);
  }
  const resources = new Map<string, Resource>();
  const walk = (module: Tree | undefined, address: string): void => {
    for (const tree_ of itemsOf(at(module, "resources"))) {
      const resource = resourceOf(tree, tree_, address, changes);
      if (resource !== undefined) resources.set(resource.address, resource);
    }
    for (const child of itemsOf(at(module, "child_modules"))) walk(child, textOf(at(child, "address")) ?? "");
  };
  walk(root, "");
  return { resources, tree };
}

function resourceOf(
  show: Tree,
  tree: Tree,
  module: string,
  changes: ReadonlyMap<string, Tree>,
): Resource | undefined {
  const [address, type, name, mode] = ["address", "type", "name", "mode"].map((key) => textOf(at(tree, key)));
  const values = at(tree, "values");
  if (
    address === undefined ||
    type === undefined ||
    name === undefined ||
    values === undefined ||
    mode === "data"
  )
    return undefined;
  const found = itemsOf(at(configOf(show, module), "resources")).find(
    (config) => textOf(at(config, "type")) === type && textOf(at(config, "name")) === name,
  );
  const index = at(tree, "index");
  const spelt =
    index?.kind === "leaf" && typeof index.value === "string" ? JSON.stringify(index.value) : textOf(index);
  return {
    address,
    type,
    name,
    module,
    values,
    index: spelt === undefined ? "" : `[${spelt}]`,
    unknown: changes.get(address),
    provider: textOf(at(found, "provider_config_key")),
    expressions: at(found, "expressions"),
    place: tree.place,
  };
}

/** The names of the modules on the way to one, without their indices. */
export const moduleNames = (module: string): string[] =>
  [...module.matchAll(/(?:^|\.)module\.([^.[\]]+)(?:\[[^\]]*\])?/g)].map(([, name]) => name!);

/** The configuration of a module. */
export function configOf(show: Tree, module: string): Tree | undefined {
  return moduleNames(module).reduce<Tree | undefined>(
    (config, name) => at(config, "module_calls", name, "module"),
    at(show, "configuration", "root_module"),
  );
}

/** How the parent of a module calls it, and the parent's address. */
export function callOf(
  show: Tree,
  module: string,
): { readonly call: Tree | undefined; readonly parent: string } {
  const parent = module.replace(/(^|\.)module\.[^.[\]]+(\[[^\]]*\])?$/, "");
  const name = moduleNames(module).at(-1) ?? "";
  return { call: at(configOf(show, parent), "module_calls", name), parent };
}

/** Attributes of all data sources that were read before the plan, by type. */
export function readData(show: Tree, type: string, attribute: string): string | undefined {
  const walk = (module: Tree | undefined): string | undefined => {
    for (const resource of itemsOf(at(module, "resources")))
      if (textOf(at(resource, "type")) === type) return textOf(at(resource, "values", attribute));
    for (const child of itemsOf(at(module, "child_modules"))) {
      const found = walk(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(at(show, "prior_state", "values", "root_module")) ?? walk(at(show, "values", "root_module"));
}
