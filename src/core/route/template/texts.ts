import { at, entriesOf, itemsOf, type Tree, textOf } from "../source/tree.ts";
import { callOf } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/**
 * A parameter is a text wherever it is referred to, whatever its type, so in a pattern it matches no number and no
 * boolean. (Numbers and booleans that are written into the pattern stay what they are; until 2020 CloudFormation made
 * texts of them, too.) User guide, parameters: "the parameter value becomes a literal string".
 */
export function warnOfTexts(scope: Scope, pattern: Tree): void {
  const call = callOf(pattern);
  if (call?.name === "Ref") {
    const name = textOf(call.argument) ?? "";
    const parameter = at(scope.parametersOf, name);
    const value = scope.unknowns.given(name) ?? textOf(at(parameter, "Default")) ?? "";
    const isNumber = textOf(at(parameter, "Type")) === "Number";
    if (parameter !== undefined && (isNumber || value === "true" || value === "false"))
      scope.faults.warn(
        pattern.place,
        `parameter ${name} arrives in the pattern as the text ${JSON.stringify(value)}: it matches no ${isNumber ? "number" : "boolean"}`,
        "write the value into the pattern, or choose between two with Fn::If",
      );
  }
  for (const item of itemsOf(pattern)) warnOfTexts(scope, item);
  for (const [, { value }] of entriesOf(pattern)) warnOfTexts(scope, value);
}
