import { Exit } from "../../../core/exit.ts";
import type { Group, GroupField } from "../../../core/redrive/group.ts";
import { AskEnded, askChoice, type Choice } from "../../../shell/ask.ts";
import type { Stage } from "../../stage.ts";
import type { FilterOptions } from "../flags.ts";
import { runRedrive } from "../redrive/run.ts";
import type { Scanned } from "../selection.ts";
import type { PeekOptions } from "./command.ts";
import { renderGroup } from "./group-view.ts";
import type { Kept } from "./kept.ts";
import { narrow } from "./narrow.ts";
import { redriveCommandLine, redriveOptionsOf } from "./redrive-of.ts";
import type { PeekHappening } from "./run.ts";

export interface Walk {
  readonly options: PeekOptions;
  readonly stage: Stage;
  readonly fields: readonly GroupField[];
  readonly groups: readonly Group[];
  readonly kept: Kept;
}

type Step = "back" | "done" | "redrive" | Scanned;

/** From groups to messages to one message, and from there to a redrive of exactly that group. */
export async function* walk(about: Walk): AsyncGenerator<PeekHappening, number> {
  try {
    for (;;) {
      const group = await askGroup(about);
      if (group === undefined) return Exit.done;
      const end = yield* walkGroup(about, group);
      if (end !== undefined) return end;
    }
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
}

function askGroup({ stage, groups, fields }: Walk): Promise<Group | undefined> {
  const width = String(groups[0]?.count ?? 0).length;
  const now = stage.world.clock.now();
  return askChoice<Group | undefined>(
    stage.world,
    `look into a group (${fields.map(({ name }) => name).join(", ")})`,
    [
      ...groups.map((group) => ({ name: renderGroup(group, width, now), value: group })),
      { name: "done", value: undefined },
    ],
  );
}

/** Until the person goes back (undefined) or is done (the exit code). */
async function* walkGroup(about: Walk, group: Group): AsyncGenerator<PeekHappening, number | undefined> {
  const { options, fields, groups, kept, stage } = about;
  const filters = narrow(options.filters, fields, groups, group, kept.idsOf(group));
  for (;;) {
    const step = await askChoice<Step>(stage.world, titleOf(group, kept), choicesOf(group, kept, filters));
    if (step === "back") return undefined;
    if (step === "done") return Exit.done;
    if (step === "redrive") return yield* redrive(about, filters!);
    yield { kind: "full", scanned: step };
    const next = await askChoice<Step>(stage.world, step.letter.messageId, [
      { name: "back to the messages", value: "back" },
      { name: "redrive only this message", value: "redrive" },
      { name: "done", value: "done" },
    ]);
    if (next === "done") return Exit.done;
    if (next === "redrive") return yield* redrive(about, { messageId: [step.letter.messageId] });
  }
}

function choicesOf(group: Group, kept: Kept, filters: FilterOptions | undefined): Choice<Step>[] {
  const many = `${group.count} ${group.count === 1 ? "message" : "messages"}`;
  return [
    ...kept.of(group).map((scanned): Choice<Step> => ({ name: lineOf(scanned), value: scanned })),
    // Where no filter says what this group is, nothing is offered that would take others along.
    ...(filters === undefined
      ? []
      : [{ name: `redrive exactly this group (${many})`, value: "redrive" } as const]),
    { name: "back to the groups", value: "back" },
    { name: "done", value: "done" },
  ];
}

function titleOf(group: Group, kept: Kept): string {
  const known = kept.of(group).length;
  return known < group.count ? `the first ${known} of ${group.count} messages` : "look at a message";
}

function lineOf({ letter }: Scanned): string {
  const { messageId, event, errorMessage, sentAt } = letter;
  const at = sentAt === undefined ? undefined : new Date(sentAt).toISOString().replace(/\.\d+Z$/, "Z");
  const what = event && [event.detailType, event.id].filter(Boolean).join(" ");
  return [messageId.slice(0, 8), at, what, errorMessage].filter(Boolean).join("  ");
}

async function* redrive(
  { options, stage }: Walk,
  filters: FilterOptions,
): AsyncGenerator<PeekHappening, number> {
  const redriveOptions = redriveOptionsOf(options.queue, filters);
  yield { kind: "command", text: redriveCommandLine(stage.global, options.queue, filters) };
  const run = runRedrive(redriveOptions, stage);
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) return step.value;
    yield { kind: "redrive", options: redriveOptions, happening: step.value };
  }
}
