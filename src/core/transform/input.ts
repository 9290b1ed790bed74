import { normalJson } from "./normal.ts";
import { findValue, parsePath } from "./path.ts";
import { renderTemplate } from "./template.ts";
import type { InputFacts, TargetInput, Transformed } from "./types.ts";
import { reservedValue } from "./variables.ts";

/** The body that a target gets of an event. `event` is the text of the whole envelope. */
export function transformInput(target: TargetInput, event: string, facts: InputFacts): Transformed {
  if (target.Input !== undefined) return { ok: true, body: target.Input };
  if (target.InputPath !== undefined) return selectPart(target.InputPath, normalJson(event));
  const transformer = target.InputTransformer;
  if (transformer?.InputTemplate === undefined) return { ok: true, body: event };
  const text = normalJson(event);
  const paths = transformer.InputPathsMap ?? {};
  return renderTemplate(transformer.InputTemplate, (name) => {
    if (!Object.hasOwn(paths, name)) return reservedValue(name, text, facts);
    const path = parsePath(paths[name]!);
    return path === undefined ? undefined : findValue(text, path);
  });
}

/** A string stays in its quotes (recorded in May 2024). */
function selectPart(inputPath: string, event: string): Transformed {
  const path = parsePath(inputPath);
  const body = path === undefined ? undefined : findValue(event, path);
  return body === undefined
    ? { ok: false, reason: `the event has nothing at InputPath ${inputPath}` }
    : { ok: true, body };
}
