import type { ItemResult } from "../../aws/results.ts";
import type { Clock } from "../../core/clock.ts";
import type { Source } from "./source.ts";

const attempts = 3;

/** Deletes up to ten messages, trying again what fails; a call that fails as a whole is a failure of each. */
export async function deleteSurely(
  source: Source,
  ids: readonly string[],
  clock: Clock,
): Promise<ItemResult[]> {
  const results: ItemResult[] = [];
  let open = ids.map((_, index) => index);
  for (let attempt = 1; open.length > 0 && attempt <= attempts; attempt++) {
    if (attempt > 1) await clock.sleep(100 * attempt);
    const some = open;
    const answers = await source.delete(some.map((index) => ids[index]!)).catch(failed(some.length));
    for (const [at, index] of some.entries()) results[index] = answers[at]!;
    open = some.filter((index) => !results[index]!.ok);
  }
  return results;
}

const failed =
  (count: number) =>
  ({ name, message }: Error): ItemResult[] =>
    Array.from({ length: count }, () => ({ ok: false, code: name, message, senderFault: false }));

/** Why a message is still in the queue; undefined when it is not. */
export const whyNot = (result: ItemResult): string | undefined =>
  result.ok ? undefined : `${result.code}: ${result.message}`;
