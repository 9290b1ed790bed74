import type { Place } from "../bus.ts";
import type { Source } from "../source/read.ts";
import { at, dict, type Entry, leaf, type Tree, textOf } from "../source/tree.ts";
import { pseudoText } from "../template/pseudo.ts";
import { splitAddress, splitAlternatives } from "./address.ts";

/** Innermost variables: `${source:address, …}`. `${AWS::Region}` is not one. */
const variable = /\$\{\s*((?:[a-zA-Z][\w-]*(?:\([^${}]*\))?:(?!:)|file\(|strToBool\()[^${}]*)\}/;

/** Replaces the variables of a serverless.yml as far as they can be known; the others become unknowns by their name. */
export class Variables {
  readonly #source: Source;
  readonly #pending = new Set<string>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** A tree without variables. A leaf that is just one variable may become anything. */
  resolve(tree: Tree, isSub = false): Tree {
    if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => this.resolve(item, isSub)) };
    if (tree.kind === "leaf") return this.#leaf(tree, isSub);
    const entries = [...tree.entries].map(([key, { value, place }]): [string, Entry] => [
      key,
      { value: this.resolve(value, key === "Fn::Sub"), place },
    ]);
    return { ...tree, entries: new Map(entries) };
  }

  /** What a leaf that is a variable stands for, as it is written there; any other tree as it is. */
  open(tree: Tree): Tree {
    return tree.kind === "leaf" ? this.#leaf(tree, false) : tree;
  }

  get stage(): string {
    const { tree } = this.#source;
    const given = this.#option("stage");
    const written = at(tree, "provider", "stage");
    return given ?? textOf(written && this.resolve(written)) ?? "dev";
  }

  #leaf(tree: Tree & { kind: "leaf" }, isSub: boolean): Tree {
    if (typeof tree.value !== "string" || !tree.value.includes("${")) return tree;
    let text = tree.value;
    for (let found = variable.exec(text); found !== null; found = variable.exec(text)) {
      const value = this.#expression(found[1]!.trim(), tree.place);
      if (found[0] === text) return value;
      const spelt = textOf(value);
      if (spelt === undefined) this.#source.faults.add(tree.place, `${found[0]} is no text`);
      text = text.replace(found[0], () => spelt ?? "");
    }
    const resolved = leaf(text, tree.place);
    // Anywhere in a serverless.yml a pseudo parameter may stand in a text.
    return !isSub && text.includes("${AWS::") ? dict({ "Fn::Sub": resolved }, tree.place) : resolved;
  }

  /** The first alternative that has a value. */
  #expression(expression: string, place: Place): Tree {
    const alternatives = splitAlternatives(expression);
    for (const alternative of alternatives) {
      const value = this.#alternative(alternative, place);
      if (value !== undefined) return value;
    }
    const [first = ""] = alternatives;
    if (first.startsWith("self:"))
      this.#source.faults.add(
        place,
        `there is nothing at ${first}`,
        "give a value, or a default behind a comma",
      );
    return leaf(this.#source.unknowns.mark(first, place), place);
  }

  #alternative(text: string, place: Place): Tree | undefined {
    const literal = literalOf(text, place);
    if (literal !== undefined) return literal;
    const { unknowns, env, tree, open } = this.#source;
    const [kind, address] = splitAddress(text);
    const known = (value: string | undefined) => (value === undefined ? undefined : leaf(value, place));
    switch (kind) {
      case "self":
        return this.#self(tree, address, text, place);
      case "opt":
        return known(address === "stage" ? this.#option("stage") : this.#option(address));
      case "env":
        return known(unknowns.given(text) ?? env[address]);
      case "param":
        return known(unknowns.given(text)) ?? this.#param(address);
      case "sls":
        return address === "stage" ? leaf(this.stage, place) : this.#unknown(text, place);
      case "aws":
        return known(
          pseudoText(
            { ...this.#source, stackName: undefined },
            address === "region" ? "AWS::Region" : "AWS::AccountId",
          ),
        );
      case "strToBool":
        return leaf(/^(true|1|yes)$/i.test(address), place);
      default: {
        const file = /^file\((.*)\)$/.exec(kind)?.[1];
        const document =
          file === undefined || !/\.(ya?ml|json)$/.test(file) ? undefined : open(file, place.file);
        return document === undefined
          ? this.#unknown(text, place)
          : this.#self(document, address, text, place);
      }
    }
  }

  /** What lies at an address of a document, itself resolved. */
  #self(document: Tree, address: string, name: string, place: Place): Tree | undefined {
    const key = `${name} ${address}`;
    if (this.#pending.has(key)) {
      this.#source.faults.add(place, `${name} depends on itself`);
      return this.#unknown(name, place);
    }
    this.#pending.add(key);
    const found = this.#walk(document, address === "" ? [] : address.split("."));
    const value = found && this.resolve(found);
    this.#pending.delete(key);
    return value?.kind === "leaf" && value.value === null ? undefined : value;
  }

  /** Down a path on which variables may stand for what is below them. */
  #walk(tree: Tree, path: readonly string[]): Tree | undefined {
    const [key, ...rest] = path;
    if (key === undefined) return tree;
    const next = at(tree.kind === "leaf" ? this.#leaf(tree, false) : tree, key);
    return next && this.#walk(next, rest);
  }

  /** `--parameter stage=prod` stands for `--stage prod`. */
  #option(name: string): string | undefined {
    return this.#source.unknowns.given(`opt:${name}`) ?? this.#source.unknowns.given(name);
  }

  #param(name: string): Tree | undefined {
    const params = at(this.#source.tree, "params");
    const found = at(params, this.stage, name) ?? at(params, "default", name);
    return found && this.resolve(found);
  }

  #unknown(name: string, place: Place): Tree {
    return leaf(this.#source.unknowns.mark(name, place), place);
  }
}

function literalOf(text: string, place: Place): Tree | undefined {
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted !== null) return leaf(quoted[2]!, place);
  if (/^-?\d+(\.\d+)?$/.test(text)) return leaf(Number(text), place);
  if (text === "true" || text === "false") return leaf(text === "true", place);
  // What another variable was replaced by.
  return text.includes(":") || /^(strToBool|file)\(/.test(text) ? undefined : leaf(text, place);
}
