import { EvbError } from "../core/errors.ts";
import { type BusFile, parseBusFile } from "../core/route/bus-file.ts";
import { parseJson, readValue } from "../shell/input.ts";
import type { World } from "../shell/world.ts";
import { findStarter } from "./starter.ts";

/** A file, inline JSON, or the name of a shipped starter; every mistake of it in one error. */
export async function readBusFile(world: World, value: string): Promise<BusFile> {
  const source = await readValue(world, await findStarter(world, value), "--from");
  const result = parseBusFile(parseJson(source));
  if (result.ok) return result.file;
  const [first, ...rest] = result.faults;
  throw new EvbError(
    "BAD_USAGE",
    `${source.name}: ${first}${rest.length > 0 ? ` (and ${rest.length} more)` : ""}`,
    rest,
  );
}
