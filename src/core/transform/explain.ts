import { parsePath } from "./path.ts";
import { placeholdersOf } from "./template.ts";
import type { TargetInput } from "./types.ts";
import { reservedNames } from "./variables.ts";

/**
 * Why PutTargets refuses the input of a target, in AWS's words (recorded in 2024, measured in September 2026);
 * `undefined` when it does not.
 */
export function explainInput(target: TargetInput): string | undefined {
  const { Id, Input, InputPath, InputTransformer } = target;
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1)
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`;
  if (Input !== undefined && !isJson(Input)) return `JSON syntax error in input for target ${Id}.`;
  const paths = [InputPath, ...Object.values(InputTransformer?.InputPathsMap ?? {})];
  if (paths.some((path) => path !== undefined && parsePath(path) === undefined))
    return `InputPath for target ${Id} is invalid.`;
  return InputTransformer === undefined ? undefined : explainTemplate(Id, InputTransformer);
}

function explainTemplate(
  id: string | undefined,
  { InputPathsMap = {}, InputTemplate = "" }: NonNullable<TargetInput["InputTransformer"]>,
): string | undefined {
  const known = new Set<string>([...Object.keys(InputPathsMap), ...reservedNames]);
  const used = placeholdersOf(InputTemplate);
  const unknown = used.find((name) => !known.has(name));
  if (unknown !== undefined) return `InputTemplate for target ${id} contains invalid placeholder ${unknown}.`;
  const whole = "aws.events.event.json";
  return used.includes(whole) && !InputTemplate.trimStart().startsWith("{")
    ? `InputTemplate for target ${id} contains placeholder ${whole} valid only for JSON template.`
    : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The caller says so in AWS's words.
    return false;
  }
}
