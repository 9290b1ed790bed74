import { findJsonFault } from "../json.ts";
import { endOfString, normalJson } from "./normal.ts";
import type { Transformed } from "./types.ts";

/** JSON text of a variable's value; `undefined` when the event has none. */
type Lookup = (name: string) => string | undefined;

const placeholder = /<([\w.-]+)>/g;

/** The variables of a template, each once, in order. */
export const placeholdersOf = (template: string): string[] => [
  ...new Set([...template.matchAll(placeholder)].map(([, name]) => name!)),
];

/**
 * Fills in a template as AWS was recorded to do in 2024 and 2025. A template of quoted lines gives text, which keeps
 * its quotes; any other has to give JSON. A variable without a value becomes an empty string.
 */
export function renderTemplate(template: string, lookup: Lookup): Transformed {
  return template.trimStart().startsWith('"') ? renderText(template, lookup) : renderJson(template, lookup);
}

function renderText(template: string, lookup: Lookup): Transformed {
  const lines = template.trim().split(/\r?\n/);
  if (!lines.every((line) => /^\s*".*"\s*$/.test(line)))
    return { ok: false, reason: "each line of a text template has to be in double quotes" };
  return { ok: true, body: fill(template.trim(), (name) => asText(lookup(name))) };
}

function renderJson(template: string, lookup: Lookup): Transformed {
  let body = "";
  for (let at = 0; at < template.length; ) {
    const quote = template.indexOf('"', at);
    const outside = template.slice(at, quote < 0 ? undefined : quote);
    body += fill(outside, (name) => lookup(name) ?? '""');
    if (quote < 0) break;
    at = endOfString(template, quote);
    body += fill(template.slice(quote, at), (name) => withoutQuotes(lookup(name)));
  }
  const fault = findJsonFault(body);
  if (fault !== undefined) return { ok: false, reason: `the filled-in template is no JSON: ${fault.reason}` };
  return { ok: true, body: normalJson(body) };
}

const fill = (text: string, value: (name: string) => string): string =>
  text.replace(placeholder, (_, name: string) => value(name));

/** Inside a string of a JSON template a string loses its own quotes; an object keeps them, and breaks the JSON. */
const withoutQuotes = (value: string | undefined): string =>
  value === undefined ? "" : value.startsWith('"') ? value.slice(1, -1) : value;

/** Objects and arrays lose all their quotes in a text. */
const asText = (value: string | undefined): string =>
  value !== undefined && /^[[{]/.test(value) ? value.replaceAll('"', "") : withoutQuotes(value);
