import type { Place } from "../bus.ts";
import { entriesOf, itemsOf, leaf, list, renderTree, type Tree, textOf } from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import { chooseBranch } from "./conditions.ts";
import { getAttribute, getReference, importValue } from "./references.ts";
import type { Scope } from "./scope.ts";

/** A call of a function in a template. */
export interface Call {
  /** Not evaluated yet. */
  readonly argument: Tree;
  readonly place: Place;
  readonly scope: Scope;
  readonly evaluate: (tree: Tree, scope: Scope) => Tree | undefined;
}

type Carry = (call: Call) => Tree | undefined;

/** CloudFormation's functions. One that is missing here becomes an unknown of its name. */
export const functions: Readonly<Record<string, Carry>> = {
  Ref: (call) => getReference(call.scope, textOf(call.argument) ?? "", call.place),
  "Fn::GetAtt": getAtt,
  "Fn::Sub": substitute,
  "Fn::Join": join,
  "Fn::Split": split,
  "Fn::Select": select,
  "Fn::FindInMap": findInMap,
  "Fn::If": chooseBranch,
  "Fn::ImportValue": (call) => importValue(call.scope, textIn(call, call.argument), call.place),
  "Fn::Base64": base64,
  "Fn::ToJsonString": (call) => {
    const value = call.evaluate(call.argument, call.scope);
    return value && leaf(renderTree(value), call.place);
  },
  "Fn::Length": (call) => {
    const value = call.evaluate(call.argument, call.scope);
    return value?.kind === "list" ? leaf(value.items.length, call.place) : unknownOf(call, "Fn::Length");
  },
  "Fn::GetAZs": (call) => unknownOf(call, "Fn::GetAZs"),
  "Fn::Cidr": (call) => unknownOf(call, "Fn::Cidr"),
  "Fn::Transform": (call) => {
    const name = textOf(entriesOf(call.argument).find(([key]) => key === "Name")?.[1].value);
    return unknownOf(call, `Fn::Transform${name === undefined ? "" : ` ${name}`}`);
  },
};

const unknownOf = ({ scope, place }: Call, name: string): Tree =>
  leaf(scope.unknowns.mark(name, place), place);

/** A mistake; the value goes on as an unknown, so that the rest is read too. */
function wrong(call: Call, name: string, what: string): Tree {
  call.scope.faults.add(call.place, `${name} ${what}`);
  return unknownOf(call, name);
}

function textIn(call: Call, tree: Tree | undefined): string | undefined {
  return tree === undefined ? undefined : textOf(call.evaluate(tree, call.scope));
}

function getAtt(call: Call): Tree {
  const text = textOf(call.argument);
  const dot = text?.indexOf(".") ?? -1;
  const [id, ...rest] =
    text !== undefined
      ? [text.slice(0, dot), text.slice(dot + 1)]
      : itemsOf(call.argument).map((item) => textIn(call, item));
  if (!id || rest.length === 0 || rest.includes(undefined))
    return wrong(call, "Fn::GetAtt", "takes a logical id and the name of an attribute");
  return getAttribute(call.scope, id, rest.join("."), call.place);
}

function substitute(call: Call): Tree {
  const { argument, scope } = call;
  const isPair = argument.kind === "list";
  const template = textOf(isPair ? argument.items[0] : argument);
  const values = isPair ? argument.items[1] : undefined;
  if (template === undefined || (isPair && values?.kind !== "dict"))
    return wrong(call, "Fn::Sub", "takes a text, or a list of a text and a map of values");
  const text = template.replace(/\$\{([^}]*)\}/g, (whole, written: string) => {
    if (written.startsWith("!")) return `\${${written.slice(1)}}`;
    const name = written.trim();
    const own = values?.kind === "dict" ? values.entries.get(name)?.value : undefined;
    const dot = name.indexOf(".");
    const value = own
      ? call.evaluate(own, scope)
      : dot < 0
        ? getReference(scope, name, argument.place)
        : getAttribute(scope, name.slice(0, dot), name.slice(dot + 1), argument.place);
    const text = textOf(value);
    if (text === undefined) scope.faults.add(argument.place, `Fn::Sub: ${whole} is no text`);
    return text ?? "";
  });
  return leaf(text, call.place);
}

function join(call: Call): Tree {
  const [delimiter, values] = itemsOf(call.argument).map((item) => call.evaluate(item, call.scope));
  const between = textOf(delimiter);
  if (between === undefined || values === undefined)
    return wrong(call, "Fn::Join", "takes a delimiter and a list of values");
  // An unknown list, such as a parameter without a value, joins to an unknown text.
  if (values.kind === "leaf" && isMarked(textOf(values) ?? "")) return values;
  const texts = itemsOf(values).map(textOf);
  if (values.kind !== "list" || texts.includes(undefined))
    return wrong(call, "Fn::Join", "takes a delimiter and a list of texts");
  return leaf(texts.join(between), call.place);
}

function split(call: Call): Tree {
  const [delimiter, source] = itemsOf(call.argument).map((item) => textIn(call, item));
  if (!delimiter || source === undefined) return wrong(call, "Fn::Split", "takes a delimiter and a text");
  const pieces = call.scope.unknowns.split(source, delimiter);
  if (pieces === undefined) return leaf(source, call.place);
  return list(
    pieces.map((piece) => leaf(piece, call.place)),
    call.place,
  );
}

function select(call: Call): Tree | undefined {
  const [index, from] = itemsOf(call.argument).map((item) => call.evaluate(item, call.scope));
  const text = textOf(index) ?? "";
  if (from === undefined) return wrong(call, "Fn::Select", "takes an index and a list");
  if (isMarked(text)) return unknownOf(call, "Fn::Select");
  const whole = textOf(from);
  if (whole !== undefined && isMarked(whole))
    return unknownOf(
      call,
      `Fn::Select ${text} of ${call.scope.unknowns.settle(whole).replace(/^\$\{(.*)\}$/s, "$1")}`,
    );
  if (!/^\d+$/.test(text) || from.kind !== "list")
    return wrong(call, "Fn::Select", "takes an index and a list");
  if (Number(text) >= from.items.length)
    return wrong(
      call,
      "Fn::Select",
      `asks for item ${text} of a list of ${from.items.length}, counted from 0`,
    );
  return from.items[Number(text)];
}

function findInMap(call: Call): Tree {
  const { scope } = call;
  const [map, first, second, options] = itemsOf(call.argument);
  const keys = [map, first, second].map((item) => textIn(call, item));
  if (keys.includes(undefined))
    return wrong(call, "Fn::FindInMap", "takes the names of a map and of two keys");
  const spelt = keys.map((key) => scope.unknowns.settle(key!)).join(" ");
  if (keys.some((key) => isMarked(key!))) return unknownOf(call, `FindInMap ${spelt}`);
  const found = keys.reduce<Tree | undefined>(
    (tree, key) => (tree?.kind === "dict" ? tree.entries.get(key!)?.value : undefined),
    scope.mappings,
  );
  const fallback = entriesOf(options).find(([key]) => key === "DefaultValue")?.[1].value;
  const value = found ?? fallback;
  const result = value && call.evaluate(value, scope);
  return result ?? wrong(call, "Fn::FindInMap", `finds nothing under ${keys.join(" / ")} in Mappings`);
}

function base64(call: Call): Tree {
  const text = textIn(call, call.argument);
  if (text === undefined) return wrong(call, "Fn::Base64", "takes a text");
  if (isMarked(text)) return unknownOf(call, "Fn::Base64");
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return leaf(btoa(bytes.join("")), call.place);
}
