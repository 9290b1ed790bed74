import type { Place } from "../bus.ts";
import { at, itemsOf, leaf, list, type Tree, textOf } from "../source/tree.ts";
import { unknown } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/**
 * The value of a parameter: the given one, else its default. Without either, and for one that must not be shown, the
 * parameter's name stands for it.
 */
export function parameterValue(scope: Scope, name: string, declared: Tree, place: Place): Tree {
  const type = textOf(at(declared, "Type")) ?? "String";
  const handed = scope.parameters?.get(name);
  const given = scope.parameters === undefined ? scope.unknowns.given(name) : textOf(handed);
  if (handed !== undefined && handed.kind !== "leaf") return handed;
  const value = given ?? textOf(at(declared, "Default"));
  if (textOf(at(declared, "NoEcho")) === "true") return hidden(scope, name, place);
  if (value === undefined) return unknown(scope, name, { place });
  const stored = /^AWS::SSM::Parameter::Value<(.*)>$/.exec(type);
  // A given value is what the store holds; the default is where it is held.
  if (stored !== null && given === undefined) return unknown(scope, `ssm:${value}`, { place });
  checkValue(scope, name, declared, type, value);
  if (isListType(stored?.[1] ?? type))
    return list(
      value.split(",").map((item) => leaf(item.trim(), place)),
      place,
    );
  return leaf(value, place);
}

/** `NoEcho`: the value is nobody's business, wherever it comes from. */
function hidden(scope: Scope, name: string, place: Place): Tree {
  scope.unknowns.used.add(name);
  return leaf(scope.unknowns.hide(`${name} (NoEcho)`, place), place);
}

const isListType = (type: string): boolean => type === "CommaDelimitedList" || type.startsWith("List<");

function checkValue(scope: Scope, name: string, declared: Tree, type: string, value: string): void {
  const allowed = itemsOf(at(declared, "AllowedValues")).map(textOf);
  const say = (what: string) => scope.faults.add(declared.place, `parameter ${name}: ${what}`);
  if (allowed.length > 0 && !allowed.includes(value))
    say(`${JSON.stringify(value)} is not among its allowed values ${allowed.join(", ")}`);
  if (type === "Number" && !Number.isFinite(Number(value.trim() || "x")))
    say(`${JSON.stringify(value)} is no number`);
}
