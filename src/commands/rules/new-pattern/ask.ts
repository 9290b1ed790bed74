import { explain } from "../../../core/pattern/index.ts";
import { renderChoice } from "../../../core/pattern-draft/choices.ts";
import {
  type Condition,
  parseField,
  renderCondition,
  renderField,
} from "../../../core/pattern-draft/condition.ts";
import { Fault } from "../../../core/pattern-draft/fault.ts";
import type { Field } from "../../../core/pattern-draft/fields.ts";
import { askChoice, askText, type Choice } from "../../../shell/ask.ts";
import type { World } from "../../../shell/world.ts";
import { askCondition } from "./ask-condition.ts";
import { type Draft, demandDraft, draftOf } from "./draft.ts";
import type { NewPatternHappening } from "./happening.ts";
import type { Sample, Samples } from "./samples.ts";

type Step = Field | "done" | "why" | "undo" | "other";

/** Condition by condition, until the person is done. What is shown goes to stderr. */
export async function* askDraft(world: World, samples: Samples): AsyncGenerator<NewPatternHappening, Draft> {
  let draft: Draft | undefined;
  for (;;) {
    const step = await askStep(world, samples, draft);
    if (step === "done") return draft!;
    if (step === "why") {
      const sample = await askSample(world, draft!.misses);
      if (sample !== undefined)
        yield { kind: "why", name: sample.name, reasons: explain(draft!.pattern, sample.bytes) };
      continue;
    }
    const before: readonly Condition[] = draft?.conditions ?? [];
    const added = step === "undo" ? undefined : await askAdded(world, step, samples, before);
    if (step !== "undo" && added === undefined) continue;
    const conditions = added === undefined ? before.slice(0, -1) : [...before, added];
    draft = conditions.length === 0 ? undefined : demandDraft(conditions, samples.all);
    if (draft !== undefined) yield { kind: "draft", draft };
  }
}

async function askAdded(
  world: World,
  step: Field | "other",
  samples: Samples,
  before: readonly Condition[],
): Promise<Condition | undefined> {
  const field = step === "other" ? await askField(world, samples) : step;
  if (field === undefined) return undefined;
  return askCondition(world, field, (condition) => {
    const draft = draftOf([...before, condition], samples.all);
    return draft instanceof Fault ? draft.sentence : undefined;
  });
}

function askStep(world: World, { fields, all }: Samples, draft: Draft | undefined): Promise<Step> {
  const names = fields.map(({ path }) => renderField(path));
  const nameWidth = Math.min(40, Math.max(...names.map((name) => name.length)));
  const choices: Choice<Step>[] = [
    ...(draft === undefined ? [] : stepsOf(draft)),
    ...fields.map((field, i) => ({
      name: renderChoice(field, names[i]!, nameWidth, all.length),
      value: field,
      short: names[i]!,
    })),
    { name: "another field, by its path", value: "other" },
  ];
  const question =
    draft === undefined
      ? "a field that the pattern asks for"
      : `${draft.hits.length} of ${all.length} match: done, or a further field`;
  return askChoice(world, question, choices);
}

const stepsOf = ({ conditions, misses }: Draft): Choice<Step>[] => [
  { name: "done: print the pattern", value: "done" },
  ...(misses.length === 0 ? [] : [{ name: "why does an event not match?", value: "why" } as const]),
  { name: `take back ${renderCondition(conditions.at(-1)!)}`, value: "undo" },
];

async function askSample(world: World, misses: readonly Sample[]): Promise<Sample | undefined> {
  const [only, another] = misses;
  if (another === undefined) return only;
  return askChoice<Sample | undefined>(world, "which event?", [
    ...misses.map((sample) => ({ name: sample.name, value: sample })),
    { name: "back", value: undefined },
  ]);
}

/** A field that no sample has, or none that was listed. */
async function askField(world: World, { fields }: Samples): Promise<Field | undefined> {
  const text = await askText(world, "its path, such as detail.order.id (none: back)", (answer) => {
    const path = answer.trim() === "" ? [] : parseField(answer.trim());
    return path instanceof Fault ? path.sentence : undefined;
  });
  if (text.trim() === "") return undefined;
  const path = parseField(text.trim()) as readonly string[];
  const known = fields.find((field) => renderField(field.path) === renderField(path));
  return known ?? { path, values: [], count: 0 };
}
