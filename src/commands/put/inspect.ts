import { renderEntry } from "../../core/event/entry.ts";
import { findSensitive } from "../../core/sensitive/find.ts";
import type { Stage } from "../stage.ts";
import type { PutOptions } from "./command.ts";
import type { GoodItem, Item } from "./items.ts";

/** Looks into the details of events before they are sent. */
export interface Inspection {
  /** The same events; those whose detail must not be sent are broken ones. */
  inspect(items: AsyncGenerator<Item>): AsyncGenerator<Item>;
  /** Warnings that have come up since the last time. */
  warnings(): readonly string[];
}

/** `undefined` where the flags ask for nothing. */
export async function openInspection(
  { validate, checkSensitive, skipInvalid }: PutOptions,
  stage: Stage,
): Promise<Inspection | undefined> {
  if (validate === undefined && checkSensitive === undefined) return undefined;
  const schemas =
    validate === undefined
      ? undefined
      : await (await import("../detail-check.ts")).openDetailCheck(validate, stage);
  const told = new Set<string>();
  let warnings: string[] = [];
  /** Each place in each kind of event is warned of once: a million events have a million addresses. */
  const warn = ({ place, entry }: GoodItem, found: ReturnType<typeof findSensitive>) => {
    for (const { path, kind } of found) {
      const key = JSON.stringify([entry.source, entry.detailType, path.replace(/\[\d+\]/g, "[]"), kind]);
      if (told.has(key)) continue;
      told.add(key);
      warnings.push(
        `${place}: ${path} looks like ${kind} (said once for all ${entry.detailType} of ${entry.source})`,
      );
    }
  };
  const faultsOf = async (item: GoodItem): Promise<readonly string[]> => {
    const detail: unknown = JSON.parse(item.entry.detail);
    const { source, detailType } = item.entry;
    const faults = [...((await schemas?.faultsOf(source, detailType, detail)) ?? [])];
    if (checkSensitive === undefined) return faults;
    const found = findSensitive(detail);
    if (checkSensitive === "warn") warn(item, found);
    else faults.push(...found.map(({ path, kind }) => `${path} looks like ${kind}`));
    return faults;
  };
  return {
    async *inspect(items) {
      for await (const item of items) {
        const faults = "faults" in item ? [] : await faultsOf(item as GoodItem);
        if (faults.length === 0) yield item;
        else yield broken(item as GoodItem, faults, skipInvalid);
      }
    },
    warnings() {
      const now = warnings;
      warnings = [];
      return now;
    },
  };
}

const broken = (
  { index, place, digest, entry }: GoodItem,
  faults: readonly string[],
  keepText: boolean,
): Item => ({
  index,
  place,
  faults,
  ...(digest === undefined ? {} : { digest }),
  ...(keepText ? { text: JSON.stringify(renderEntry(entry)) } : {}),
});
