import type { HttpParameters } from "@aws-sdk/client-eventbridge";
import { findValue, normalJson, parsePath } from "../../../core/transform/index.ts";
import type { Wire } from "../../wire.ts";

type Values = Readonly<Record<string, string>>;

/**
 * A target's parameters for one event, whatever its input is: a value such as `$.detail.id` is a path into the event.
 * AWS's own SaaS Builder Toolkit goes by that. That a path to nothing gives an empty text is our choice.
 */
export function fillParameters(
  parameters: Wire<HttpParameters> | undefined,
  event: string,
): Wire<HttpParameters> | undefined {
  if (parameters === undefined) return undefined;
  const fill = (value: string) => filled(value, event);
  const fillAll = (values: Values = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value)]));
  return {
    PathParameterValues: parameters.PathParameterValues?.map(fill),
    HeaderParameters: fillAll(parameters.HeaderParameters),
    QueryStringParameters: fillAll(parameters.QueryStringParameters),
  };
}

function filled(value: string, event: string): string {
  const path = value.startsWith("$.") ? parsePath(value) : undefined;
  if (path === undefined) return value;
  const found = findValue(normalJson(event), path) ?? "";
  return found.startsWith('"') ? (JSON.parse(found) as string) : found;
}
