import type { Home } from "../../arn.ts";
import type { Source } from "../source/read.ts";
import { at, itemsOf, type Tree, textOf } from "../source/tree.ts";
import type { Homed } from "../template/pseudo.ts";
import type { Resource } from "./plan.ts";

/** The region of a provider's configuration: written into its block, or a variable of the root module. */
export function providerRegion(tree: Tree, key: string): string | undefined {
  const region = at(tree, "configuration", "provider_config", key, "expressions", "region");
  const variables = itemsOf(at(region, "references")).flatMap(
    (reference) => /^var\.([^.[]+)$/.exec(textOf(reference) ?? "")?.[1] ?? [],
  );
  const given = variables.length === 1 ? at(tree, "variables", variables[0]!, "value") : undefined;
  return textOf(at(region, "constant_value")) ?? textOf(given);
}

/** Where a resource will be: a resource may say so (provider 6), or be made by another configuration of the provider. */
export function homeOfResource(
  { tree, isHomeFixed, unknowns }: Source,
  homed: Homed,
  resource: Resource,
): Homed {
  if (isHomeFixed) return homed;
  const { provider } = resource;
  const own = textOf(at(resource.values, "region"));
  if (own === undefined && (provider === undefined || provider === "aws")) return homed;
  // A module without an alias has the provider of who calls it.
  const isAlias = provider !== undefined && /(^|:)aws\./.test(provider);
  const named = own ?? (provider === undefined ? undefined : providerRegion(tree, provider));
  const region =
    named ?? (isAlias ? unknowns.mark(`region of provider ${provider}`, resource.place) : undefined);
  const home: Partial<Home> = region === undefined ? homed.home : { ...homed.home, region };
  return { ...homed, home };
}
