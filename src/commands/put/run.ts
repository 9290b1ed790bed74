import { resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { demandBus } from "../../core/event/bus.ts";
import { Exit } from "../../core/exit.ts";
import { AskEnded } from "../../shell/ask.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { Stop } from "../../shell/world.ts";
import type { Stage } from "../stage.ts";
import { openTools } from "../template-tools.ts";
import { readAhead } from "./ahead.ts";
import { fillBatches } from "./batches.ts";
import type { PutOptions } from "./command.ts";
import { expectTotal } from "./expect.ts";
import { demandOther } from "./failed.ts";
import type { PutHappening } from "./happening.ts";
import { type Item, makeItems } from "./items.ts";
import type { Journal } from "./journal.ts";
import type { Made } from "./made.ts";
import { showPlan } from "./plan.ts";
import { publish } from "./publish.ts";
import { refuseFaulty } from "./refuse.ts";
import { type Input, openInput } from "./template.ts";
import { openInspectionIf, warningsOf, withWarnings } from "./warnings.ts";

/** `evb put`: makes the events, refuses what AWS would, and sends or shows the rest. */
export async function* runPut(options: PutOptions, stage: Stage): AsyncGenerator<PutHappening, number> {
  demandUsage(options);
  const { world } = stage;
  const inputs = await Promise.all(options.templates.map((argument) => openInput(world, argument)));
  await demandInputs(inputs, options, stage);
  using signals = world.signals();
  const [first] = inputs;
  if (first?.kind === "scenario") {
    const { runScenario } = await import("./run-scenario.ts");
    return yield* runScenario(first.scenario, options, stage, signals);
  }
  await using journal = await openJournalIf(options, stage);
  let events: Events;
  try {
    events = await openEvents(inputs, options, stage, journal);
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
  const inspection = await openInspectionIf(options, stage);
  const items = inspection?.inspect(events.items) ?? events.items;
  const ahead = await readAhead(items, world.clock, signals.stop);
  try {
    yield* warningsOf(inspection);
    if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
    const maySkip = options.skipInvalid && inputs.length > 0;
    yield* refuseFaulty(
      maySkip ? { ...ahead, faulty: ahead.faulty.filter(({ isOther }) => isOther) } : ahead,
    );
    const expected = await expectTotal(ahead, inputs, world);
    const story = options.dryRun
      ? showPlan(fillBatches(ahead.items, { ...options, clock: world.clock, stop: signals.stop }))
      : publish({ ...ahead, expected }, options, stage, signals, journal && { journal, made: events.made });
    return yield* withWarnings(story, inspection);
  } finally {
    // A read of standard input that still waits would keep the process alive.
    if (inputs.some((input) => input.kind === "events" && input.path === "-")) world.stdin.destroy();
  }
}

function demandUsage(options: PutOptions): void {
  const { templates, fields, bus, varsFile } = options;
  if (
    templates.length === 0 &&
    [fields.source, fields.detailType, fields.detail].every((flag) => flag === undefined)
  )
    throw new EvbError("BAD_USAGE", "nothing to publish", [
      ...(typeof options.validate?.place === "string"
        ? [`--validate took ${options.validate.place} for a registry: write templates before it`]
        : []),
      "name a template (evb put order-placed), or - for standard input",
      "or give --source, --detail-type and --detail",
    ]);
  if (bus !== undefined) demandBus(bus);
  const readers = [...templates, fields.detail, varsFile].filter((value) => value === "-");
  if (readers.length > 1)
    throw new EvbError("BAD_USAGE", "standard input can be read only once, and - was given more than once", [
      "give one of them as a file",
    ]);
}

async function demandInputs(inputs: readonly Input[], options: PutOptions, { world }: Stage): Promise<void> {
  const { count, failed, journal } = options;
  const scenario = inputs.find((input) => input.kind === "scenario")?.scenario;
  if (scenario !== undefined) demandScenario(inputs.length, options);
  else if (options.delay !== undefined)
    throw new EvbError("BAD_USAGE", "--delay waits between the steps of a scenario, and there is none", [
      "--rate paces events",
    ]);
  const files = [
    ...inputs.flatMap((input) => (input.kind === "events" ? [input.path] : [])),
    ...(scenario?.steps ?? []).flatMap(({ input }) => (input.kind === "events" ? [input.path] : [])),
  ];
  if (scenario === undefined && count > 1 && files.length > 0)
    throw new EvbError(
      "BAD_USAGE",
      `--count renders templates, and ${files[0] === "-" ? "standard input" : files[0]} holds events`,
      ["leave --count away, or give a template"],
    );
  if (failed !== undefined) await demandOther("--failed", failed, files, world);
  if (journal === undefined) return;
  await demandOther("--journal", journal, files, world);
  if (failed !== undefined && resolve(world.cwd, failed) === resolve(world.cwd, journal))
    throw new EvbError("BAD_USAGE", `--journal and --failed are both ${journal}`, ["name two files"]);
}

function demandScenario(inputs: number, { journal, skip, skipInvalid }: PutOptions): void {
  if (inputs > 1)
    throw new EvbError("BAD_USAGE", "a scenario or a folder is sent alone", [
      "make the other templates steps of it",
    ]);
  const flag =
    journal !== undefined ? "--journal" : skip > 0 ? "--skip" : skipInvalid ? "--skip-invalid" : undefined;
  if (flag !== undefined)
    throw new EvbError(
      "BAD_USAGE",
      `${flag} does not go with a scenario: each step builds on the ones before it`,
    );
}

async function openJournalIf(
  { journal, seed, dryRun }: PutOptions,
  { world }: Stage,
): Promise<Journal | undefined> {
  if (journal === undefined) return undefined;
  return (await import("./journal.ts")).openJournal(world, journal, { seed, readOnly: dryRun });
}

interface Events {
  readonly items: AsyncGenerator<Item>;
  readonly made: Made;
}

/** The events that the templates, files and flags make; with a journal those of them that are still to be sent. */
async function openEvents(
  inputs: readonly Input[],
  options: PutOptions,
  stage: Stage,
  journal: Journal | undefined,
): Promise<Events> {
  const { world, global } = stage;
  const seed = journal?.seed ?? options.seed;
  const templates = inputs.flatMap((input) => (input.kind === "template" ? [input.template] : []));
  const needsValues = templates.length > 0 || options.vars.length > 0 || options.varsFile !== undefined;
  const given = needsValues
    ? await (await import("./values.ts")).collectValues(
        options,
        templates,
        (await openTools(world, templates, seed))(0),
        stage,
      )
    : {};
  const { detail: detailFlag } = options.fields;
  const detail =
    detailFlag === undefined ? undefined : parseJson(await readValue(world, detailFlag, "--detail"));
  const making = { world, options, detail, given, tools: await openTools(world, templates, seed) };
  if (journal === undefined) return { items: makeItems(inputs, making), made: {} };
  const { describeMade } = await import("./made.ts");
  const { digest48: digest } = await import("../../shell/digest.ts");
  const made = describeMade(inputs, making, { place: (await stage.connect()).where, global, world });
  journal.demandSame(made);
  return { items: journal.rest(makeItems(inputs, { ...making, digest })), made };
}
