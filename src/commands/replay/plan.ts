import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { readBusWithRules } from "../../aws/bus-model.ts";
import { type DescribeArchiveResponse, describeArchive, listAllArchives } from "../../aws/replays.ts";
import { busNameOf } from "../../core/arn.ts";
import { EvbError } from "../../core/errors.ts";
import { archiveLimits } from "../../core/limits.ts";
import { parseMoment } from "../../core/moment.ts";
import { nearNames } from "../../core/near.ts";
import { planFirings } from "../../core/replay/fires.ts";
import type { Bus } from "../../core/route/index.ts";
import { findBus } from "../bus.ts";
import type { Connection } from "../connect.ts";
import { eachOf } from "../few.ts";
import type { StartOptions } from "./command.ts";
import type { ReplayPlan } from "./happening.ts";
import { archiveRow } from "./rows.ts";

/** An event may take so long to reach its archive. User guide, archives. */
const archiveDelayMs = 10 * 60_000;

/** What a replay is about, and what will come of it. */
export interface OpenedPlan {
  readonly plan: ReplayPlan;
  readonly archive: DescribeArchiveResponse;
  /** The archive's. */
  readonly bus: Bus;
  /** The bus that gets the events: with `--paced` it may be another. */
  readonly target: Bus;
  /** ARNs of the rules that are named. */
  readonly chosen: readonly string[];
}

export async function openPlan(
  options: StartOptions,
  connection: Connection,
  now: number,
): Promise<OpenedPlan> {
  const [from, to] = rangeOf(options, now);
  const name = nameOf(options, now);
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
      ...(to > now - archiveDelayMs ? ["the last minutes may not have reached the archive yet"] : []),
      ...(paced !== undefined && target.arn === bus.arn
        ? [`archives of event bus ${bus.name} take the events a second time`]
        : []),
    ],
    paced: paced && { speed: paced.speed, to: target.name },
  };
  return { plan, archive, bus, target, chosen };
}

/** The bus of `--to`, with its rules. */
async function openTarget(connection: Connection, to: string): Promise<Bus> {
  await findBus(connection, to);
  return readBusWithRules(await connection.events(), to, eachOf);
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
