import { dirname, join } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { parseTemplate, type Template } from "../../core/event/template/parse.ts";
import { parseScenario, type Scenario, type ScenarioStep } from "../../core/event/template/scenario.ts";
import { isFile, listFiles } from "../../shell/files.ts";
import type { World } from "../../shell/world.ts";
import { type Input, openInput } from "./template.ts";

/** A step with what it sends. */
export interface OpenStep extends ScenarioStep {
  readonly input: Input;
}

export interface OpenScenario {
  readonly head: Template;
  readonly steps: readonly OpenStep[];
}

/** Reads what the steps of a scenario name; a path counts from the scenario's folder. */
export async function openScenario(
  world: World,
  path: string,
  text: string,
  json: Record<string, unknown>,
): Promise<OpenScenario> {
  return openSteps(world, parseScenario(path, text, json), dirname(path));
}

/** A folder is its `scenario.json`, or its templates and files of events in the order of their names. */
export async function openFolder(world: World, folder: string): Promise<OpenScenario> {
  const written = join(folder, "scenario.json");
  if (await isFile(world, written)) {
    const input = await openInput(world, written);
    if (input.kind === "scenario") return input.scenario;
  }
  const endings = [".json", ".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"];
  const names = await Promise.all(
    endings.map(async (ending) => (await listFiles(world, folder, ending)).map((name) => name + ending)),
  );
  const files = names.flat().sort();
  if (files.length === 0)
    throw new EvbError("BAD_TEMPLATE", `there are no templates and no events in the folder ${folder}`);
  const steps = files.map(
    (file): ScenarioStep => ({
      place: folder,
      template: `./${file}`,
      vars: {},
      count: 1,
      capture: new Map(),
    }),
  );
  const head = { name: folder, text: "", body: {}, variables: [], usesFake: false };
  return openSteps(world, { head, steps }, folder);
}

async function openSteps(world: World, { head, steps }: Scenario, folder: string): Promise<OpenScenario> {
  const open: OpenStep[] = [];
  for (const step of steps) open.push({ ...step, input: await openStep(world, step, folder) });
  return { head, steps: open };
}

async function openStep(
  world: World,
  { template, place, count }: ScenarioStep,
  folder: string,
): Promise<Input> {
  if (typeof template !== "string")
    return {
      kind: "template",
      template: parseTemplate(place, JSON.stringify(template, null, 2), template),
    };
  const beside = join(folder, template);
  const input = await openInput(world, (await isFile(world, beside)) ? beside : template);
  if (input.kind === "scenario" || (input.kind === "events" && input.path === "-"))
    throw new EvbError(
      "BAD_TEMPLATE",
      `${place}: a step is a template or a file of events, and ${template} is neither`,
    );
  if (input.kind === "events" && count > 1)
    throw new EvbError("BAD_TEMPLATE", `${place}: count renders templates, and ${template} holds events`);
  return input;
}
