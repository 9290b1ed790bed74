import { parsePath } from "./path.ts";
import { placeholdersOf } from "./template.ts";
import type { TargetInput } from "./types.ts";
import { reservedNames } from "./variables.ts";

/**
 * Why PutTargets refuses the input of a target, in AWS's words where these were recorded (two inputs, placeholder);
 * `undefined` when it does not.
 */
export function explainInput(target: TargetInput): string | undefined {
  const { Id, Input, InputPath, InputTransformer } = target;
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1)
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`;
  if (Input !== undefined && !isJson(Input)) return `JSON syntax error in input for target ${Id}.`;
  if (InputPath !== undefined && parsePath(InputPath) === undefined)
    return `Parameter InputPath is not valid for target ${Id}. Reason: ${InputPath} is not a supported JSON path.`;
  return InputTransformer === undefined ? undefined : explainTransformer(Id, InputTransformer);
}

function explainTransformer(
  id: string | undefined,
  { InputPathsMap = {}, InputTemplate = "" }: NonNullable<TargetInput["InputTransformer"]>,
): string | undefined {
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (/^aws\./i.test(name)) return `InputPathsMap for target ${id} contains reserved variable ${name}.`;
    if (path === undefined || parsePath(path) === undefined)
      return `InputPathsMap for target ${id} contains invalid path ${path} for variable ${name}.`;
  }
  const known = new Set<string>([...Object.keys(InputPathsMap), ...reservedNames]);
  const unknown = placeholdersOf(InputTemplate).find((name) => !known.has(name));
  return unknown === undefined
    ? undefined
    : `InputTemplate for target ${id} contains invalid placeholder ${unknown}.`;
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
