import { busLimits } from "../limits.ts";
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
  const refused = InputTransformer === undefined ? undefined : explainTemplate(Id, InputTransformer);
  return refused ?? explainLimits(target);
}

/** The service model's limits, of which AWS tells in a longer sentence. */
function explainLimits({ Id, Input, InputPath, InputTransformer }: TargetInput): string | undefined {
  const { inputChars, inputPathChars, inputPaths, inputVariableChars } = busLimits;
  const { InputTemplate, InputPathsMap = {} } = InputTransformer ?? {};
  const long = (what: string, text: string | undefined, most: number) =>
    text !== undefined && text.length > most
      ? `${what} for target ${Id} has ${text.length} characters, more than ${most}.`
      : undefined;
  const names = Object.keys(InputPathsMap);
  if (names.length > inputPaths)
    return `InputPathsMap for target ${Id} has ${names.length} entries, more than ${inputPaths}.`;
  const odd = names.find((name) => !/^[\w-]+$/.test(name) || name.length > inputVariableChars);
  if (odd !== undefined)
    return `InputPathsMap for target ${Id} has the key ${odd}: it may have letters, digits, _ and -, at most ${inputVariableChars}.`;
  return (
    long("Input", Input, inputChars) ??
    long("InputTemplate", InputTemplate, inputChars) ??
    [InputPath, ...Object.values(InputPathsMap)]
      .map((path) => long("InputPath", path, inputPathChars))
      .find((text) => text !== undefined)
  );
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
