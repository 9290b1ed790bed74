import { setMaxListeners } from "node:events";
import type { Template } from "../../core/event/template/parse.ts";
import { Exit } from "../../core/exit.ts";
import { AskEnded } from "../../shell/ask.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { Stage } from "../stage.ts";
import { openTools } from "../template-tools.ts";
import { aheadLimits } from "./ahead.ts";
import { fillBatches } from "./batches.ts";
import type { PutOptions } from "./command.ts";
import type { PutHappening } from "./happening.ts";
import type { BadItem, Making } from "./items.ts";
import { showPlan } from "./plan.ts";
import { publish, type StopSignals } from "./publish.ts";
import { refuseFaulty } from "./refuse.ts";
import type { OpenScenario } from "./scenario.ts";
import { dryFlow, LiveFlow, scenarioItems } from "./steps.ts";
import { collectValues } from "./values.ts";
import { openInspectionIf, warningsOf, withWarnings } from "./warnings.ts";

/** Sends the steps of a scenario, after a look through all of them with made-up ids in place of EventBridge's. */
export async function* runScenario(
  scenario: OpenScenario,
  options: PutOptions,
  stage: Stage,
  signals: StopSignals,
): AsyncGenerator<PutHappening, number> {
  const { clock } = stage.world;
  let make: () => Promise<Making>;
  try {
    make = await openMaking(scenario, options, stage);
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
  const inspection = await openInspectionIf(options, stage);
  const inspected = (items: ReturnType<typeof scenarioItems>) => inspection?.inspect(items) ?? items;
  const faulty: BadItem[] = [];
  const buses = new Set<string>();
  let seen = 0;
  for await (const item of inspected(scenarioItems(scenario, await make(), dryFlow))) {
    seen++;
    if ("faults" in item) faulty.push(item);
    else buses.add(item.entry.bus!);
    if (seen >= aheadLimits.events || signals.stop.aborted) break;
  }
  yield* warningsOf(inspection);
  yield* refuseFaulty({ faulty, seen });
  const batching = { ...options, clock, stop: signals.stop };
  if (options.dryRun)
    return yield* showPlan(fillBatches(scenarioItems(scenario, await make(), dryFlow), batching));
  const over = new AbortController();
  const stop = AbortSignal.any([signals.stop, over.signal]);
  setMaxListeners(0, stop);
  const flow = new LiveFlow(clock, stop);
  const items = inspected(scenarioItems(scenario, await make(), flow));
  const about = { passed: 0, readBytes: 0 };
  const ahead = {
    faulty: [],
    buses,
    seen,
    ...about,
    ended: seen < aheadLimits.events,
    items,
    isScenario: true,
  };
  const story = withWarnings(publish(ahead, options, stage, signals), inspection);
  let step = await story.next();
  try {
    for (; !step.done; step = await story.next()) {
      if (step.value.kind === "sent") flow.learn(step.value.outcomes);
      yield step.value;
    }
    return step.value;
  } finally {
    // A step that still waits for its time is given up.
    over.abort();
    await story.return(0);
  }
}

/** What the events are made with; each call begins with the seed anew. */
async function openMaking(
  { head, steps }: OpenScenario,
  options: PutOptions,
  stage: Stage,
): Promise<() => Promise<Making>> {
  const { world } = stage;
  const templates: Template[] = [
    head,
    ...steps.flatMap(({ input }) => (input.kind === "template" ? [input.template] : [])),
  ];
  const coming = new Set([
    ...head.variables.flatMap((variable) => ("default" in variable ? [variable.name] : [])),
    ...steps.flatMap(({ vars, capture }) => [...Object.keys(vars), ...capture.keys()]),
  ]);
  const tools = await openTools(world, templates, options.seed);
  const given = await collectValues(options, templates, tools(0), stage, coming);
  const { detail: flag } = options.fields;
  const detail = flag === undefined ? undefined : parseJson(await readValue(world, flag, "--detail"));
  return async () => ({
    world,
    options,
    detail,
    given,
    tools: await openTools(world, templates, options.seed),
  });
}
