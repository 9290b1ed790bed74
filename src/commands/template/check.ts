import { EvbError } from "../../core/errors.ts";
import { checkDraft } from "../../core/event/check.ts";
import { readDraft } from "../../core/event/draft.ts";
import { Exit } from "../../core/exit.ts";
import { listFiles } from "../../shell/files.ts";
import type { World } from "../../shell/world.ts";
import type { DetailCheck } from "../detail-check.ts";
import type { Run } from "../perform.ts";
import { ownFolders } from "../templates.ts";
import type { CheckOptions } from "./command.ts";
import { openTemplate, renderExample } from "./open.ts";

/** What was found in one template; no faults when all its events can be sent. */
export interface CheckHappening {
  readonly template: string;
  readonly events: number;
  /** Each with its place. */
  readonly faults: readonly string[];
}

export const runCheck: Run<CheckOptions, CheckHappening> = async function* ({ templates, validate }, stage) {
  const { world } = stage;
  const schemas = validate && (await (await import("../detail-check.ts")).openDetailCheck(validate, stage));
  let good = true;
  for (const name of templates.length > 0 ? templates : await listOwn(world)) {
    const checked = await check(world, name, schemas);
    good &&= checked.faults.length === 0;
    yield checked;
  }
  return good ? Exit.done : Exit.badInput;
};

async function listOwn(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of ownFolders)
    for (const name of await listFiles(world, folder, ".json")) found.push(`${folder}/${name}.json`);
  if (found.length > 0) return found;
  throw new EvbError("BAD_USAGE", `no templates in ${ownFolders.join(" and ")}`, [
    "name one: evb template check order-placed",
  ]);
}

async function check(world: World, name: string, schemas: DetailCheck | undefined): Promise<CheckHappening> {
  try {
    const template = await openTemplate(world, name);
    const { events } = await renderExample(world, template);
    const faults: string[] = [];
    for (const [i, event] of events.entries()) {
      const found = await faultsOf(event, schemas);
      const place = events.length === 1 ? template.name : `${template.name} (event ${i + 1})`;
      if (found.length > 0) faults.push(`${place}: ${found.join("; ")}`);
    }
    return { template: template.name, events: events.length, faults };
  } catch (error) {
    if (!(error instanceof EvbError)) throw error;
    return { template: name, events: 0, faults: [error.message] };
  }
}

async function faultsOf(event: unknown, schemas: DetailCheck | undefined): Promise<readonly string[]> {
  const { draft, faults } = readDraft(event);
  // What is no event at all has no fields to complain about.
  if (typeof event !== "object" || event === null || Array.isArray(event)) return faults;
  const checked = checkDraft(draft);
  if ("faults" in checked) return [...faults, ...checked.faults];
  const { source, detailType, detail } = checked.entry;
  return [...faults, ...((await schemas?.faultsOf(source, detailType, JSON.parse(detail))) ?? [])];
}
