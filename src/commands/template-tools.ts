import { seededRandom } from "../core/event/seeded.ts";
import type { Tools } from "../core/event/template/functions.ts";
import type { Template } from "../core/event/template/parse.ts";
import type { World } from "../shell/world.ts";

/**
 * What templates draw on. With a seed, each set of tools gives the same values from its first one on: open one for
 * looking into templates and, after that, another one for the events, so that the former leaves the latter as it is.
 */
export async function openTools(
  { clock, random }: World,
  templates: readonly Template[],
  seed: number | undefined,
): Promise<(index: number) => Tools> {
  const values = seed === undefined ? random : seededRandom(seed);
  const fake = templates.some(({ usesFake }) => usesFake)
    ? await (await import("./fake.ts")).openFake(values, clock.now)
    : undefined;
  return (index) => ({ now: clock.now(), random: values, index, fake });
}
