import { parseTemplate, type Template } from "../../core/event/template/parse.ts";
import { findMissing, renderTemplate } from "../../core/event/template/render.ts";
import { isFile } from "../../shell/files.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { World } from "../../shell/world.ts";
import { openTools } from "../template-tools.ts";
import { findTemplate } from "../templates.ts";

/** Reads the template of this path or name. */
export async function openTemplate(world: World, argument: string): Promise<Template> {
  const path = (await isFile(world, argument)) ? argument : await findTemplate(world, argument);
  const source = await readValue(world, path, argument);
  return parseTemplate(path, source.text, parseJson(source));
}

export interface Example {
  readonly events: readonly unknown[];
  /** Variables without a default, which were given a stand-in. */
  readonly standIns: readonly string[];
}

/** What a template makes of its defaults. */
export async function renderExample(world: World, template: Template): Promise<Example> {
  const tools = (await openTools(world, [template], undefined))(0);
  const missing = findMissing(template, {}, tools);
  const given = Object.fromEntries(missing.map(({ name, type }) => [name, standIn(name, type)]));
  return { events: renderTemplate(template, given, tools), standIns: missing.map(({ name }) => name) };
}

function standIn(name: string, type: Template["variables"][number]["type"]): unknown {
  return { string: name, number: 1, integer: 1, boolean: true, json: {} }[type];
}
