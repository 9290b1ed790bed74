import type { Source } from "../source/read.ts";
import { at, itemsOf, type Tree, textOf } from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import { type Homed, queueUrl, stackArn } from "../template/pseudo.ts";
import { kinds } from "./kinds.ts";
import { callOf, configOf, type Resource, type Show } from "./plan.ts";
import { homeOfResource } from "./provider.ts";

/** Finds values that a plan does not tell, through what the configuration refers to. Texts may have marks. */
export class Values {
  readonly show: Show;
  readonly source: Source;
  readonly home: Homed;
  #depth = 0;

  constructor(show: Show, source: Source, home: Homed) {
    this.show = show;
    this.source = source;
    this.home = home;
  }

  /** A text of a resource, at a path of keys and of positions in blocks; undefined where there is none. */
  text(resource: Resource, path: readonly (string | number)[]): string | undefined {
    const known = textOf(walk(resource.values, path));
    if (known !== undefined) return known;
    if (!isUnknown(resource.unknown, path)) return undefined;
    const attribute = String(path.at(-1));
    const name = `${resource.address}.${path.filter((key) => typeof key === "string").join(".")}`;
    return this.#predict(resource, attribute) ?? this.#referred(resource, path, attribute, name);
  }

  #referred(resource: Resource, path: readonly (string | number)[], attribute: string, name: string): string {
    // Other texts, such as policies, are built around what they refer to.
    if (!/(^|_)(arn|name|url|id|rule)$/.test(attribute)) return this.#unknown(name, resource.place);
    const expression = walk(resource.expressions, path);
    const { module, index } = resource;
    return (
      this.#expression(expression, { module, index, wanted: attribute }) ??
      this.#unknown(name, resource.place)
    );
  }

  /** Whether what stands at a path is known only after the apply. */
  isUnknown({ unknown }: Resource, path: readonly (string | number)[]): boolean {
    return isUnknown(unknown, path);
  }

  /** Whether two resources are in different regions, as far as anybody can say. */
  areApart(one: Resource, other: Resource): boolean {
    const [a, b] = [one, other].map(
      (resource) => homeOfResource(this.source, this.home, resource).home.region,
    );
    return a !== undefined && b !== undefined && a !== b && !isMarked(a + b);
  }

  /** The ARN of a resource: as it is, else as its name tells. */
  arnOf(resource: Resource): string {
    return this.text(resource, ["arn"]) ?? this.#predict(resource, "arn") ?? "";
  }

  /** What an attribute of a resource will be, as far as its name tells. */
  #predict(resource: Resource, attribute: string): string | undefined {
    const kind = kinds[resource.type];
    if (kind === undefined) return undefined;
    const isName = attribute === kind.name || (attribute === "id" && kind.id !== "url" && kind.id !== "arn");
    if (isName) return this.nameOf(resource);
    const name = this.settled(this.nameOf(resource));
    const home = homeOfResource(this.source, this.home, resource);
    if (attribute === "url" || (attribute === "id" && kind.id === "url")) return queueUrl(home, name);
    if (attribute !== "arn" && !(attribute === "id" && kind.id === "arn")) return undefined;
    const bus = kind.onBus ? this.busOf(resource) : "default";
    const before = bus === "default" ? kind.before : `${kind.before}${bus}/`;
    return stackArn(home, kind.service, `${before}${name}`, kind.isGlobal);
  }

  /** The name of a resource; one that Terraform makes up is called like the resource. */
  nameOf(resource: Resource): string {
    const attribute = kinds[resource.type]?.name ?? "name";
    const known = textOf(at(resource.values, attribute));
    if (known !== undefined) return known;
    const expression = at(resource.expressions, attribute);
    const { module, index } = resource;
    const referred = this.#expression(expression, { module, index, wanted: "name" });
    return (
      referred ?? this.source.unknowns.mark(`${resource.address}.${attribute}`, resource.place, resource.name)
    );
  }

  /** The name of the bus that a rule, target or policy is for. */
  busOf(resource: Resource): string {
    const text = this.settled(this.text(resource, ["event_bus_name"]) ?? "default");
    return text.replace(/^arn:.*:event-bus\//s, "");
  }

  settled(text: string): string {
    return this.source.unknowns.settle(text);
  }

  /** The only thing that an expression refers to; undefined where there are several, or none that can be known. */
  #expression(expression: Tree | undefined, from: From): string | undefined {
    const constant = textOf(at(expression, "constant_value"));
    if (constant !== undefined) return constant;
    const all = itemsOf(at(expression, "references")).map((item) => textOf(item) ?? "");
    const things = all.filter((reference) => !/^(each|count|self|path|terraform)\b/.test(reference));
    const whole = things.filter(
      (reference) => !things.some((other) => other !== reference && isPart(reference, other)),
    );
    if (whole.length !== 1 || this.#depth > 20) return undefined;
    this.#depth++;
    try {
      return this.#reference(whole[0]!, from);
    } finally {
      this.#depth--;
    }
  }

  #reference(reference: string, from: From): string | undefined {
    const [head, second = "", ...rest] = splitReference(reference);
    if (head === "var") return this.#variable(second, from);
    if (head === "module") return this.#output(second, rest, from);
    if (head === "data" || head === "local") return this.source.unknowns.mark(reference, from.place);
    const [name, index] = splitIndex(second);
    const resource = this.#instance(from, `${head}.${name}`, index);
    if (resource === undefined) return this.source.unknowns.mark(reference, from.place);
    const attribute = rest.at(-1) ?? (from.wanted === "arn" ? "arn" : "id");
    return textOf(at(resource.values, attribute)) ?? this.#predict(resource, attribute);
  }

  #variable(name: string, { module, wanted, index }: From): string | undefined {
    if (module === "") {
      const declared = at(this.show.tree, "configuration", "root_module", "variables", name);
      const isSecret = textOf(at(declared, "sensitive")) === "true";
      const value = isSecret ? undefined : textOf(at(this.show.tree, "variables", name, "value"));
      return value ?? this.source.unknowns.mark(`var.${name}`);
    }
    const { call, parent } = callOf(this.show.tree, module);
    return this.#expression(at(call, "expressions", name), { module: parent, wanted, index });
  }

  #output(call: string, path: readonly string[], from: From): string | undefined {
    const [name, index] = splitIndex(call);
    const inside = `${from.module === "" ? "" : `${from.module}.`}module.${name}`;
    const expression = at(configOf(this.show.tree, inside), "outputs", path[0] ?? "", "expression");
    return this.#expression(expression, {
      ...from,
      module: `${inside}${index || this.#moduleIndex(inside, from)}`,
    });
  }

  /** The index of a module's instance: that of who refers to it, else the only one there is. */
  #moduleIndex(inside: string, { index }: From): string {
    const found = [...this.show.resources.values()].flatMap(({ module }) => {
      if (!module.startsWith(inside)) return [];
      const behind = /^(\[[^\]]*\])?(\.|$)/.exec(module.slice(inside.length));
      return behind === null ? [] : [behind[1] ?? ""];
    });
    const indices = [...new Set(found)];
    return indices.includes(index) ? index : indices.length === 1 ? indices[0]! : "";
  }

  #instance({ module, index }: From, name: string, given: string): Resource | undefined {
    const address = module === "" ? name : `${module}.${name}`;
    const { resources } = this.show;
    const exact = resources.get(`${address}${given}`) ?? resources.get(`${address}${index}`);
    if (exact !== undefined) return exact;
    const all = [...resources.values()].filter((other) => other.address === `${address}${other.index}`);
    return all.length === 1 ? all[0] : undefined;
  }

  #unknown(name: string, place: Tree["place"]): string {
    return this.source.unknowns.mark(name, place);
  }
}

/** Where a reference stands, and what is asked of it. */
interface From {
  readonly module: string;
  readonly index: string;
  readonly wanted: string;
  readonly place?: Tree["place"];
}

/** `true` stands for what is not known, also where a whole block is not. */
function isUnknown(tree: Tree | undefined, path: readonly (string | number)[]): boolean {
  if (tree?.kind === "leaf") return tree.value === true;
  const [key, ...rest] = path;
  if (tree === undefined || key === undefined) return false;
  return isUnknown(typeof key === "number" ? itemsOf(tree)[key] : at(tree, key), rest);
}

const walk = (tree: Tree | undefined, path: readonly (string | number)[]): Tree | undefined =>
  path.reduce<Tree | undefined>(
    (found, key) => (typeof key === "number" ? itemsOf(found)[key] : (at(found, key) ?? undefined)),
    tree,
  );

const isPart = (part: string, whole: string): boolean =>
  whole.startsWith(part) && /^[.[]/.test(whole.slice(part.length));

/** At its dots, save those in an index: `aws_sqs_queue.q["a.b"].arn`. */
const splitReference = (reference: string): string[] => reference.match(/(?:[^.[\]]|\[[^\]]*\])+/g) ?? [];

const splitIndex = (text: string): [name: string, index: string] => {
  const start = text.indexOf("[");
  return start < 0 ? [text, ""] : [text.slice(0, start), text.slice(start)];
};
