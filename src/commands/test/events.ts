import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
import { readDraft } from "../../core/event/draft.ts";
import { assign, parseAssignment } from "../../core/event/set.ts";
import { parseTemplate } from "../../core/event/template/parse.ts";
import { renderTemplate } from "../../core/event/template/render.ts";
import type { TestCase } from "../../core/suite/suite.ts";
import { isFile } from "../../shell/files.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { World } from "../../shell/world.ts";
import { readEvents } from "../event-input.ts";
import { openTools } from "../template-tools.ts";
import { findTemplate } from "../templates.ts";

/** The envelope of an event, and what it is called where there are several. */
export interface SuiteEvent {
  readonly place: string;
  /** The same from where the suite lies: what its body is kept by, wherever the tests are run. */
  readonly key: string;
  readonly text: string;
}

/** Random values and times of templates are the same in every run, so that bodies can be kept. */
const seed = 1;
const fixedNow = Date.UTC(2026, 0, 1);

/** The clock of tests stands still. */
export const stillClock = (clock: Clock): Clock => ({ ...clock, now: () => fixedNow });

/** The events of a test; paths are relative to the suite. */
export async function openEvents(world: World, suite: string, test: TestCase): Promise<SuiteEvent[]> {
  const folder = dirname(suite);
  if (test.file !== undefined) return fileEvents(world, folder, join(folder, test.file));
  const events =
    test.template === undefined
      ? [test.event]
      : await templateEvents(world, folder, test.template, test.values);
  return events.map((event, i) => {
    const place = events.length === 1 ? "event" : `event ${i + 1}`;
    return { place, key: place, text: envelopeOf(event, test.set ?? {}) };
  });
}

async function fileEvents(world: World, folder: string, path: string): Promise<SuiteEvent[]> {
  const events: SuiteEvent[] = [];
  for await (const event of readEvents(world, await filesAt(world, path))) {
    if (!event.ok) throw new EvbError("BAD_EVENT", `${event.place}: ${event.reason}`);
    events.push({ place: event.place, key: relative(folder, event.place), text: event.text });
  }
  if (events.length === 0) throw new EvbError("BAD_EVENT", `no event in ${path}`);
  return events;
}

async function filesAt(world: World, path: string): Promise<string[]> {
  world.onRead?.(path);
  const kind = await stat(resolve(world.cwd, path)).catch(() => undefined);
  if (kind?.isDirectory() !== true) return [path];
  const names = await readdir(resolve(world.cwd, path));
  return names
    .filter((name) => /\.(json|ndjson|jsonl)(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function templateEvents(world: World, folder: string, name: string, values: TestCase["values"] = {}) {
  const own = join(folder, name);
  const path = (await isFile(world, own)) ? own : await findTemplate(world, name);
  const source = await readValue(world, path, name);
  const template = parseTemplate(path, source.text, parseJson(source));
  return renderTemplate(
    template,
    values,
    (await openTools({ ...world, clock: stillClock(world.clock) }, [template], seed))(0),
  );
}

/** In the form that rules see. What is wrong with an event for PutEvents is not of interest here. */
function envelopeOf(event: unknown, set: NonNullable<TestCase["set"]>): string {
  const { draft, faults } = readDraft(event);
  if (faults.length > 0 && Object.keys(set).length > 0) throw new EvbError("BAD_EVENT", faults.join("; "));
  if (faults.length > 0) return JSON.stringify(event);
  for (const [path, value] of Object.entries(set)) {
    const fault = assign(draft, parseAssignment(`${path}:=${JSON.stringify(value)}`));
    if (fault !== undefined) throw new EvbError("BAD_EVENT", fault);
  }
  const own = draft.form === "envelope" ? (event as Record<string, unknown>) : {};
  const detail =
    typeof draft.detail === "string" && draft.form === "entry" ? JSON.parse(draft.detail) : draft.detail;
  return JSON.stringify({
    ...own,
    ...(draft.source !== undefined && { source: draft.source }),
    ...(draft.detailType !== undefined && { "detail-type": draft.detailType }),
    ...(draft.resources !== undefined && { resources: draft.resources }),
    ...(draft.time !== undefined && { time: draft.time }),
    ...(detail !== undefined && { detail }),
  });
}
