import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { readBusWithRules } from "../../aws/bus-model.ts";
import { describeArchive, listAllArchives, startReplay } from "../../aws/replays.ts";
import { busNameOf } from "../../core/arn.ts";
import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { archiveLimits } from "../../core/limits.ts";
import { parseMoment } from "../../core/moment.ts";
import { nearNames } from "../../core/near.ts";
import { planFirings } from "../../core/replay/fires.ts";
import type { Bus } from "../../core/route/index.ts";
import { confirm } from "../../shell/confirm.ts";
import { findBus } from "../bus.ts";
import type { Connection } from "../connect.ts";
import { eachOf } from "../few.ts";
import type { Stage } from "../stage.ts";
import type { StartOptions } from "./command.ts";
import { followReplay } from "./follow.ts";
import type { ReplayHappening, ReplayPlan } from "./happening.ts";
import { archiveRow } from "./rows.ts";

/** An event may take so long to reach its archive. User guide, archives. */
const archiveDelayMs = 10 * 60_000;

/** Plans, asks, starts, and follows. */
export async function* runStart(
  options: StartOptions,
  stage: Stage,
): AsyncGenerator<ReplayHappening, number> {
  const { world } = stage;
  const [from, to] = rangeOf(options, world.clock.now());
  const name = nameOf(options, world.clock.now());
  const connection = await stage.connect();
  const events = await connection.events();
  const archive = await describeArchive(events, options.archive);
  if (archive === undefined) throw await noSuchArchive(events, options.archive, connection.where);
  const bus = await readBusWithRules(events, busNameOf(archive.EventSourceArn), eachOf);
  const chosen = chooseRules(bus, options.rules);
  const { paced } = options;
  const target = paced?.to === undefined ? bus : await openTarget(connection, paced.to);
  const plan: ReplayPlan = {
    name,
    archive: archiveRow(archive),
    ...{ from, to },
    firings: planFirings(
      target.rules.filter(({ managedBy }) => managedBy === undefined),
      archive.EventPattern,
      options.rules,
      paced === undefined,
    ),
    notes: [
      ...(to > world.clock.now() - archiveDelayMs
        ? ["the last minutes may not have reached the archive yet"]
        : []),
      ...(paced !== undefined && target.arn === bus.arn
        ? [`archives of event bus ${bus.name} take the events a second time`]
        : []),
    ],
    paced: paced && { speed: paced.speed, to: target.name },
  };
  if (options.dryRun || stage.mayAsk || stage.global.yes) yield { kind: "plan", ...plan };
  if (options.dryRun) return Exit.done;
  const answer = await answered(stage, questionOf(plan));
  if (answer !== true) {
    yield { kind: "declined" };
    return answer === undefined ? Exit.interrupted : Exit.done;
  }
  if (paced !== undefined) {
    const { runPaced } = await import("./paced/run.ts");
    return yield* runPaced({ options, plan, archive, bus, target, connection }, stage);
  }
  using signals = world.signals();
  await startReplay(events, {
    ReplayName: plan.name,
    ...(options.description !== undefined && { Description: options.description }),
    EventSourceArn: archive.ArchiveArn!,
    EventStartTime: new Date(from),
    EventEndTime: new Date(to),
    Destination: { Arn: bus.arn, ...(chosen.length > 0 && { FilterArns: chosen }) },
  });
  yield { kind: "started", name: plan.name };
  if (options.detach) return Exit.done;
  const { where, local } = connection;
  const { cancelOnInterrupt } = options;
  return yield* followReplay({ events, where, local, name: plan.name, signals, cancelOnInterrupt }, stage);
}

/** The bus of `--to`, with its rules. */
async function openTarget(connection: Connection, to: string): Promise<Bus> {
  await findBus(connection, to);
  return readBusWithRules(await connection.events(), to, eachOf);
}

function questionOf({ firings, archive, paced }: ReplayPlan): string {
  const rules = `${firings.filter(({ never }) => never === undefined).length} rules`;
  return paced === undefined
    ? `replay to ${rules} of bus ${archive.bus}?`
    : `put the events again, ${paced.speed}x as fast as they came, for ${rules} of bus ${paced.to}?`;
}

async function answered(stage: Stage, question: string): Promise<boolean | undefined> {
  if (stage.global.yes) return true;
  if (stage.mayAsk) return confirm(stage.world, question);
  throw new EvbError("NEEDS_ANSWER", "replay start asks before it begins, and nobody is there to answer", [
    "--yes answers the question, --dry-run says which rules would fire",
  ]);
}

function rangeOf({ since, until }: StartOptions, now: number): [number, number] {
  const [from, to] = [parseMoment(since, now), parseMoment(until, now)];
  if (typeof from === "string") throw new EvbError("BAD_USAGE", `--since: ${from}`);
  if (typeof to === "string") throw new EvbError("BAD_USAGE", `--until: ${to}`);
  if (from < to) return [from, to];
  throw new EvbError("BAD_USAGE", `--since (${iso(from)}) is not before --until (${iso(to)})`, [
    "2h means 2 hours ago: --since 2h --until 1h",
  ]);
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(".000", "");

/** ARNs of the rules that are named. */
function chooseRules({ name: bus, rules }: Bus, wanted: readonly string[]): string[] {
  return wanted.map((name) => {
    const found = rules.find((rule) => rule.name === name);
    if (found !== undefined) return found.arn;
    const near = nearNames(
      name,
      rules.map((rule) => rule.name),
    );
    throw new EvbError("NOT_FOUND", `rule ${name} does not exist on event bus ${bus}`, [
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : `its rules: ${rules.map((rule) => rule.name).join(", ")}`,
    ]);
  });
}

function nameOf({ name, archive, paced }: StartOptions, now: number): string {
  // Several replays are made then, each with a number behind the name.
  const most = archiveLimits.replayNameChars - (paced === undefined ? 0 : "-12345".length);
  if (name !== undefined && paced !== undefined && name.length > most)
    throw new EvbError(
      "BAD_USAGE",
      `--name has ${name.length} characters; with --paced at most ${most} are allowed`,
    );
  if (name !== undefined) return name;
  const time = new Date(now)
    .toISOString()
    .replace(/[-:]|\.\d+/g, "")
    .toLowerCase();
  return `${archive.slice(0, most - time.length - 1)}-${time}`;
}

export async function noSuchArchive(
  events: EventBridgeClient,
  name: string,
  where: string,
): Promise<EvbError> {
  const names: string[] = [];
  for await (const { ArchiveName = "" } of listAllArchives(events)) names.push(ArchiveName);
  const near = nearNames(name, names);
  return new EvbError("NOT_FOUND", `archive ${name} does not exist in ${where}`, [
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : names.length > 0
        ? `archives: ${names.join(", ")}`
        : "there is no archive at all",
  ]);
}
