import { sizeOf } from "../../shell/files.ts";
import type { World } from "../../shell/world.ts";
import type { Ahead } from "./ahead.ts";
import type { Input } from "./template.ts";

/** About how many events are to come of a file that is read ahead in part; `undefined` where nothing tells. */
export async function expectTotal(
  { ended, seen, passed, readBytes }: Ahead,
  inputs: readonly Input[],
  world: World,
): Promise<number | undefined> {
  const [input] = inputs;
  if (ended || readBytes === 0 || inputs.length !== 1 || input?.kind !== "events") return undefined;
  // What is packed says nothing of what is in it.
  if (input.path.endsWith(".gz")) return undefined;
  const { fd } = world.stdin as { readonly fd?: unknown };
  const file = input.path !== "-" ? input.path : typeof fd === "number" ? fd : undefined;
  const size = file === undefined ? undefined : await sizeOf(world, file);
  return size === undefined ? undefined : Math.round((size * seen) / readBytes) - passed;
}
