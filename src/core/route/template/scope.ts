import type { Home } from "../../arn.ts";
import type { Faults } from "../source/fault.ts";
import { type Dict, type Entry, entriesOf, type Tree } from "../source/tree.ts";
import type { Unknowns } from "../source/unknowns.ts";

/** The stack of each logical id that is a name by itself; `undefined` for one that several stacks have. */
export type Claims = Map<string, string | undefined>;

/** What a template is read with. */
export interface TemplateOptions {
  /** Where it will be deployed, as far as that is known. */
  readonly home: Partial<Home>;
  readonly stackName?: string | undefined;
  /** What tells its made-up names from those of the other stacks that are read with it; absent where there is but one. */
  readonly stack?: string | undefined;
  /** Which stack a logical id stands for without its stack's name. */
  readonly claims?: Claims | undefined;
  /** Values of parameters that the caller of a nested stack gives. */
  readonly parameters?: ReadonlyMap<string, Tree>;
  readonly faults: Faults;
  readonly unknowns: Unknowns;
  /** Another file, by its path relative to this one; undefined where there is none. */
  readonly open: (path: string, from: string) => Tree | undefined;
  /** What other stacks export, by name. */
  readonly exports?: ReadonlyMap<string, Tree> | undefined;
}

/** A template while its functions are evaluated. */
export interface Scope extends TemplateOptions {
  readonly stack: string;
  readonly claims: Claims;
  readonly parametersOf: Dict | undefined;
  readonly mappings: Tree | undefined;
  readonly conditions: Tree | undefined;
  readonly resources: ReadonlyMap<string, Entry>;
  /** Templates of nested stacks, by logical id, as soon as something asks for them. */
  readonly nested: Map<string, Scope | undefined>;
  readonly outputs: Tree | undefined;
  /** Conditions that are being evaluated: one that asks for itself would never end. */
  readonly pending: Set<string>;
}

export const openScope = (
  parts: Pick<Scope, "parametersOf" | "mappings" | "conditions" | "outputs"> & {
    readonly resources: Tree | undefined;
  },
  options: TemplateOptions,
): Scope => {
  const stack = options.stack ?? "";
  const resources = new Map(entriesOf(parts.resources));
  return {
    ...options,
    ...parts,
    stack,
    claims: options.claims ?? new Map([...resources.keys()].map((id) => [id, stack])),
    resources,
    nested: new Map(),
    pending: new Set(),
  };
};

/** What a resource without a name of its own is called: its logical id, which another stack may have as well. */
export function claimName({ claims, stack }: Scope, id: string): string {
  if (!claims.has(id)) claims.set(id, stack);
  return claims.get(id) === stack || stack === "" ? id : `${stack}-${id}`;
}
