import { EvbError } from "../../core/errors.ts";
import { demandBus } from "../../core/event/bus.ts";
import { Exit } from "../../core/exit.ts";
import { AskEnded } from "../../shell/ask.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { Stop } from "../../shell/world.ts";
import type { Stage } from "../stage.ts";
import { openTools } from "../template-tools.ts";
import { type Ahead, readAhead } from "./ahead.ts";
import { fillBatches } from "./batches.ts";
import type { PutOptions } from "./command.ts";
import { demandOther } from "./failed.ts";
import type { PutHappening } from "./happening.ts";
import { type Item, makeItems } from "./items.ts";
import { showPlan } from "./plan.ts";
import { publish } from "./publish.ts";
import { type Input, openInput } from "./template.ts";

/** So many faults are told one by one. */
const shownFaults = 20;

/** `evb put`: makes the events, refuses what AWS would, and sends or shows the rest. */
export async function* runPut(options: PutOptions, stage: Stage): AsyncGenerator<PutHappening, number> {
  demandUsage(options);
  const { world } = stage;
  const inputs = await Promise.all(options.templates.map((argument) => openInput(world, argument)));
  await demandInputs(inputs, options, stage);
  using signals = world.signals();
  let items: AsyncGenerator<Item>;
  try {
    items = await openItems(inputs, options, stage);
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
  const ahead = await readAhead(items, world.clock, signals.stop);
  try {
    if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
    if (!options.skipInvalid || inputs.length === 0) yield* refuseFaulty(ahead);
    if (options.dryRun)
      return yield* showPlan(
        fillBatches(ahead.items, { ...options, rate: undefined, clock: world.clock, stop: signals.stop }),
      );
    return yield* publish(ahead, options, stage, signals);
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

async function demandInputs(
  inputs: readonly Input[],
  { count, failed }: PutOptions,
  { world }: Stage,
): Promise<void> {
  const files = inputs.flatMap((input) => (input.kind === "events" ? [input.path] : []));
  if (count > 1 && files.length > 0)
    throw new EvbError(
      "BAD_USAGE",
      `--count renders templates, and ${files[0] === "-" ? "standard input" : files[0]} holds events`,
      ["leave --count away, or give a template"],
    );
  if (failed !== undefined) await demandOther(failed, files, world);
}

/** The events that the templates, files and flags make. */
async function openItems(
  inputs: readonly Input[],
  options: PutOptions,
  stage: Stage,
): Promise<AsyncGenerator<Item>> {
  const { world } = stage;
  const templates = inputs.flatMap((input) => (input.kind === "template" ? [input.template] : []));
  const needsValues = templates.length > 0 || options.vars.length > 0 || options.varsFile !== undefined;
  const given = needsValues
    ? await (await import("./values.ts")).collectValues(
        options,
        templates,
        (await openTools(world, templates, options.seed))(0),
        stage,
      )
    : {};
  const { detail: detailFlag } = options.fields;
  const detail =
    detailFlag === undefined ? undefined : parseJson(await readValue(world, detailFlag, "--detail"));
  const tools = await openTools(world, templates, options.seed);
  return makeItems(inputs, { world, options, detail, given, tools });
}

/** Tells of every faulty event that was read before the first call, and ends the run if there is one. */
async function* refuseFaulty({ faulty, seen }: Ahead): AsyncGenerator<PutHappening> {
  const [first] = faulty;
  if (first === undefined) return;
  const hints = first.faults.some((fault) => fault.includes("begins with aws."))
    ? ["for a test give another one, such as --source test.ec2, and let the pattern match it too"]
    : [];
  if (faulty.length === 1)
    throw new EvbError("BAD_EVENT", `${first.place}: ${first.faults.join("; ")}`, hints);
  for (const item of faulty.slice(0, shownFaults)) yield { kind: "faulty", ...item };
  const more = faulty.length > shownFaults ? ` (the first ${shownFaults} are shown)` : "";
  throw new EvbError(
    "BAD_EVENT",
    `${faulty.length} of ${seen} events cannot be sent${more}; nothing was sent`,
    hints,
  );
}
