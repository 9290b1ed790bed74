import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { parsePath } from "../../core/transform/index.ts";
import {
  type InputField,
  inputFields,
  suggestTemplate,
  variableFault,
  variableName,
} from "../../core/transform-draft/fields.ts";
import { AskEnded, askChoice, askText, type Choice } from "../../shell/ask.ts";
import type { World } from "../../shell/world.ts";
import { commandLine } from "../command-line.ts";
import { readEvents } from "../event-input.ts";
import type { Stage } from "../stage.ts";
import type { TransformOptions } from "./command.ts";
import { type Draft, type Preview, previewOf, type Sample, transformerOf } from "./draft.ts";
import { isTemplate } from "./given.ts";
import type { TransformHappening } from "./run.ts";

/** The template is tried on so many events at once. */
const mostSamples = 20;

/** An input transformer by questions. Ends as the preview would: with 1 where EventBridge would not deliver. */
export async function* makeByAsking(
  { events }: TransformOptions,
  { world, mayAsk, screen }: Stage,
): AsyncGenerator<TransformHappening, number> {
  if (!mayAsk || screen.json)
    throw new EvbError("NEEDS_ANSWER", "--interactive asks, and nobody is there to answer", [
      "--input-paths-map and --input-template say the same",
    ]);
  const samples = await readSamples(world, events);
  try {
    const { draft, preview } = yield* askDraft(world, samples);
    const transformer = transformerOf(draft);
    yield { kind: "made", transformer, same: sameCommand(events, transformer) };
    return preview.results.every(({ result }) => result.ok) ? Exit.done : Exit.negative;
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
}

async function readSamples(world: World, events: readonly string[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const event of readEvents(world, events)) {
    if (!event.ok) throw new EvbError("BAD_EVENT", `${event.place}: ${event.reason}`);
    samples.push({ name: event.place, text: event.text });
    if (samples.length === mostSamples) break;
  }
  if (samples.length > 0) return samples;
  throw new EvbError("BAD_EVENT", `no event in ${events.join(", ")}`, [
    "give one event, or one event a line",
  ]);
}

type Step = InputField | "done" | "template" | "undo" | "other";

async function* askDraft(
  world: World,
  samples: readonly Sample[],
): AsyncGenerator<TransformHappening, { readonly draft: Draft; readonly preview: Preview }> {
  const fields = inputFields(JSON.parse(samples[0]!.text) as object);
  let draft: Draft = { paths: new Map(), template: undefined };
  let preview: Preview | undefined;
  for (;;) {
    const step = await askStep(world, fields, draft, preview);
    if (step === "done") return { draft, preview: preview! };
    const next = await takeStep(world, step, draft);
    if (next === undefined) continue;
    draft = next;
    preview = draft.template === undefined ? undefined : previewOf(draft, samples, world);
    if (preview !== undefined) yield { kind: "preview", preview };
  }
}

/** The draft after a step; undefined when the person goes back. */
async function takeStep(world: World, step: Exclude<Step, "done">, draft: Draft): Promise<Draft | undefined> {
  const { paths } = draft;
  if (step === "undo") return { ...draft, paths: new Map([...paths].slice(0, -1)) };
  if (step === "template") return { ...draft, template: await askTemplate(world, draft) };
  const path = step === "other" ? await askPath(world) : step.path;
  if (path === undefined) return undefined;
  const name = await askText(
    world,
    `the name of ${path} in the template`,
    (answer) => variableFault(answer, paths.keys()),
    variableName(path, paths.keys()),
  );
  return { ...draft, paths: new Map([...paths, [name, path]]) };
}

function askStep(
  world: World,
  fields: readonly InputField[],
  { paths, template }: Draft,
  preview: Preview | undefined,
): Promise<Step> {
  const names = [...paths.keys()];
  const pathWidth = Math.min(40, Math.max(...fields.map(({ path }) => path.length)));
  const choices: Choice<Step>[] = [
    ...(preview !== undefined && preview.refusal === undefined
      ? [{ name: "done: print the input transformer", value: "done" } as const]
      : []),
    ...(names.length === 0 && template === undefined
      ? []
      : [
          {
            name: template === undefined ? "write the template" : "change the template",
            value: "template",
          } as const,
        ]),
    ...(names.length === 0 ? [] : [{ name: `take back <${names.at(-1)}>`, value: "undo" } as const]),
    ...fields.map((field) => ({
      name: `${field.path.padEnd(pathWidth)}  ${JSON.stringify(field.value)}`,
      value: field,
      short: field.path,
    })),
    { name: "another path", value: "other" },
    ...(names.length === 0 && template === undefined
      ? [{ name: "no field: write the template", value: "template" } as const]
      : []),
  ];
  const known = names.length === 0 ? "" : ` (so far ${names.map((name) => `<${name}>`).join(", ")})`;
  return askChoice(world, `a field that the template needs${known}`, choices);
}

function askTemplate(world: World, { paths, template }: Draft): Promise<string> {
  const refusalOf = (text: string) => {
    if (!isTemplate(text)) return "a template has a quote, a bracket or a variable in it";
    return previewOf({ paths, template: text }, [], world).refusal;
  };
  const preset = template ?? suggestTemplate([...paths.keys()]);
  return askText(
    world,
    "the template (Tab edits it; <aws.events.rule-name> and the like may be in it too)",
    refusalOf,
    preset,
  );
}

async function askPath(world: World): Promise<string | undefined> {
  const text = await askText(world, "its path, such as $.detail.items[*].sku (none: back)", (answer) =>
    answer.trim() === "" || parsePath(answer.trim()) !== undefined
      ? undefined
      : "no path that EventBridge takes: it begins with $. and has keys without quotes",
  );
  return text.trim() === "" ? undefined : text.trim();
}

function sameCommand(
  events: readonly string[],
  { InputPathsMap, InputTemplate }: ReturnType<typeof transformerOf>,
): string {
  return commandLine([
    "transform",
    ...events.flatMap((event) => ["-e", event]),
    ...(InputPathsMap === undefined ? [] : ["--input-paths-map", JSON.stringify(InputPathsMap)]),
    ...["--input-template", InputTemplate],
  ]);
}
