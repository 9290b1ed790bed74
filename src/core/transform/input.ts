import { normalJson } from "./normal.ts";
import { JsonText, parsePath } from "./path.ts";
import { renderTemplate } from "./template.ts";
import type { InputFacts, TargetInput, Transformed } from "./types.ts";
import { reservedValue } from "./variables.ts";

/** The body that a target gets of an event. `event` is the text of the whole envelope. */
export const transformInput = (target: TargetInput, event: string, facts: InputFacts): Transformed =>
  transformInputs(event)(target, facts);

/** The same for several targets of one event, which is read once. */
export function transformInputs(event: string): (target: TargetInput, facts: InputFacts) => Transformed {
  let json: JsonText | undefined;
  const read = () => (json ??= new JsonText(normalJson(event)));
  return (target, facts) => transformOne(target, event, read, facts);
}

function transformOne(
  target: TargetInput,
  event: string,
  read: () => JsonText,
  facts: InputFacts,
): Transformed {
  if (target.Input !== undefined) return { ok: true, body: target.Input };
  if (target.InputPath !== undefined) return selectPart(target.InputPath, read());
  const transformer = target.InputTransformer;
  if (transformer?.InputTemplate === undefined) return { ok: true, body: event };
  const json = read();
  const paths = transformer.InputPathsMap ?? {};
  return renderTemplate(transformer.InputTemplate, (name) => {
    if (!Object.hasOwn(paths, name)) return reservedValue(name, json.text, facts);
    const path = parsePath(paths[name]!);
    return path === undefined ? undefined : json.find(path);
  });
}

/** A string stays in its quotes (recorded in May 2024). */
function selectPart(inputPath: string, event: JsonText): Transformed {
  const path = parsePath(inputPath);
  const body = path === undefined ? undefined : event.find(path);
  return body === undefined
    ? { ok: false, reason: `the event has nothing at InputPath ${inputPath}` }
    : { ok: true, body };
}
