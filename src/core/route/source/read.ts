import type { Home } from "../../arn.ts";
import { EvbError } from "../../errors.ts";
import { nearNames } from "../../near.ts";
import type { BusModel } from "../bus.ts";
import { readBusFile } from "../file/read.ts";
import { readServerless } from "../serverless/read.ts";
import { readAssembly } from "../template/assembly.ts";
import { readTemplate } from "../template/read.ts";
import { readTerraform } from "../terraform/read.ts";
import { readDocument, type SourceFile } from "./document.ts";
import { tellDuplicates } from "./duplicates.ts";
import { type Fault, Faults } from "./fault.ts";
import { type Draft, finishModel } from "./model.ts";
import { recognise, type SourceKind } from "./recognise.ts";
import type { Tree } from "./tree.ts";
import { Unknowns } from "./unknowns.ts";

export interface SourceOptions {
  /** Where it is, or will be, deployed, as far as that is known. */
  readonly home?: Partial<Home>;
  /** What a file says of its account and region does not count: it is read for an emulator. */
  readonly isHomeFixed?: boolean;
  /** Values of parameters, variables, and of anything else that is known only at the deploy, by its name. */
  readonly parameters?: ReadonlyMap<string, string>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Another file by its path, relative to the file `from`; undefined where there is none. */
  readonly open?: (path: string, from: string) => SourceFile | undefined;
}

export interface Reading {
  readonly kind: SourceKind;
  readonly model: BusModel;
  /** Mistakes: what is in `model` is what could be read in spite of them. */
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/** What every reader of a kind of file gets. */
export interface Source {
  readonly tree: Tree;
  readonly home: Partial<Home>;
  readonly isHomeFixed: boolean;
  readonly faults: Faults;
  readonly unknowns: Unknowns;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly open: (path: string, from: string) => Tree | undefined;
}

const readers: Readonly<Record<SourceKind, (source: Source) => Draft>> = {
  template: ({ tree, ...options }) => readTemplate(tree, options),
  cdk: readAssembly,
  serverless: readServerless,
  terraform: readTerraform,
  "bus file": readBusFile,
};

/** The buses that a file describes, whatever its form. Throws where it is no document, or describes no buses. */
export function readSource(file: SourceFile, options: SourceOptions = {}): Reading {
  const tree = readDocument(file);
  const kind = recognise(file.name, tree);
  const [faults, unknowns] = [new Faults(), new Unknowns(options.parameters)];
  const source: Source = {
    ...{ tree, faults, unknowns, home: options.home ?? {}, env: options.env ?? {} },
    isHomeFixed: options.isHomeFixed === true,
    open(path, from) {
      const other = options.open?.(path, from);
      return other && readDocument(other);
    },
  };
  const draft = readers[kind](source);
  tellDuplicates(draft, faults);
  const model = finishModel(draft);
  demandUsed(file.name, options.parameters, unknowns);
  return { kind, model, faults: inOrder(faults.faults), warnings: inOrder(faults.warnings) };
}

/** From the top of each file to its end. */
export const inOrder = (faults: readonly Fault[]): Fault[] =>
  [...faults].sort(
    ({ place: a }, { place: b }) =>
      compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A parameter that nothing asks for is a misspelt one. */
function demandUsed(file: string, given: ReadonlyMap<string, string> = new Map(), unknowns: Unknowns): void {
  const unused = [...given.keys()].filter((name) => !unknowns.used.has(name));
  if (unused.length === 0) return;
  const asked = [...unknowns.asked];
  const near = nearNames(unused[0]!, asked);
  throw new EvbError(
    "BAD_USAGE",
    `--parameter ${unused.join(", ")}: nothing in ${file} depends on ${unused.length > 1 ? "them" : "it"}`,
    [
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : asked.length > 0
          ? `it depends on ${asked.slice(0, 10).join(", ")}`
          : "it depends on nothing that could be given",
    ],
  );
}
