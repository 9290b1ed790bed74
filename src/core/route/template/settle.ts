import type { Unknown } from "../bus.ts";
import { mapTexts, renderTree, type Tree, textOf } from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/** Reads properties of one resource and remembers what in them only the deploy decides. */
export class Settler {
  readonly unknowns: Unknown[] = [];
  readonly scope: Scope;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** A text in which it only counts who is meant: an ARN, a name. */
  name(tree: Tree | undefined, path: string): string | undefined {
    const text = this.#text(tree, path);
    return text && this.scope.unknowns.settle(text, this.#tell(path));
  }

  /** A text of which every letter counts: what a target gets. */
  text(tree: Tree | undefined, path: string): string | undefined {
    const text = this.#text(tree, path);
    return text && this.scope.unknowns.spell(text, this.#tell(path));
  }

  /** A number, whichever way it is written; a mistake where it is none. */
  number(tree: Tree | undefined, path: string): number | undefined {
    const text = this.#text(tree, path);
    if (text === undefined) return undefined;
    if (isMarked(text)) {
      this.scope.unknowns.settle(text, this.#tell(path));
      return undefined;
    }
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value)) return value;
    this.scope.faults.add(tree!.place, `${path}: expected a whole number, found ${JSON.stringify(text)}`);
    return undefined;
  }

  /** The JSON text of an object; a text is taken to be JSON already. */
  json(tree: Tree | undefined, path: string): string | undefined {
    const value = tree && evaluate(tree, this.scope);
    if (value === undefined) return undefined;
    const { unknowns } = this.scope;
    const spelt = mapTexts(value, (text, below) =>
      unknowns.spell(text, this.#tell(below === "" ? path : `${path}.${below}`)),
    );
    return textOf(spelt) ?? renderTree(spelt);
  }

  /** The same with stand-ins: for policies, in which it counts who is meant. */
  policy(tree: Tree | undefined): string | undefined {
    const value = tree && evaluate(tree, this.scope);
    return value && renderTree(mapTexts(value, (text) => this.scope.unknowns.settle(text)));
  }

  tell(unknown: Unknown): void {
    this.unknowns.push(unknown);
  }

  #text(tree: Tree | undefined, path: string): string | undefined {
    const value = tree && evaluate(tree, this.scope);
    if (value === undefined || (value.kind === "leaf" && value.value === null)) return undefined;
    const text = textOf(value);
    if (text === undefined) this.scope.faults.add(value.place, `${path}: expected a text`);
    return text;
  }

  #tell(path: string): (unknown: Omit<Unknown, "path">) => void {
    return (unknown) => {
      if (!this.unknowns.some((other) => other.name === unknown.name && other.path === path))
        this.unknowns.push({ ...unknown, path });
    };
  }
}
