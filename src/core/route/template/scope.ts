import type { Home } from "../../arn.ts";
import type { Faults } from "../source/fault.ts";
import { type Dict, type Entry, entriesOf, type Tree } from "../source/tree.ts";
import type { Unknowns } from "../source/unknowns.ts";

/** What a template is read with. */
export interface TemplateOptions {
  /** Where it will be deployed, as far as that is known. */
  readonly home: Partial<Home>;
  readonly stackName?: string | undefined;
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
): Scope => ({
  ...options,
  ...parts,
  resources: new Map(entriesOf(parts.resources)),
  nested: new Map(),
  pending: new Set(),
});
