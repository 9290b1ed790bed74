import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { openSourceFile, siblingOf } from "../commands/source-file.ts";
import { EvbError } from "../core/errors.ts";
import { chooseBus } from "../core/route/choose.ts";
import type { SourceFile } from "../core/route/source/index.ts";
import { type EventBus, openEventBus } from "./route.ts";

export interface ReadBusOptions {
  /** Which bus of the file, by its name or logical id; the only one with rules need not be named. */
  readonly name?: string | undefined;
  /** What only the deploy decides, by its name: parameters of a template, an account, an imported value. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Where it is, or will be, deployed. Without them texts that depend on it stay unknown. */
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** A file that cannot be read as buses. The message names every mistake with its place. */
export class BusError extends Error {
  override readonly name = "BusError";
}

/**
 * Reads a bus as `evb route --from` does: CloudFormation, SAM, `cdk.out`, `serverless.yml`, `terraform show -json`, a bus
 * file, or the name of a shipped starter. A relative path is taken from the current folder; an object is the content of
 * such a file. Rejects with `BusError`.
 */
export async function readBus(
  source: string | URL | object,
  options: ReadBusOptions = {},
): Promise<EventBus> {
  try {
    return await read(source, options);
  } catch (error) {
    if (!(error instanceof EvbError)) throw error;
    throw new BusError([error.message, ...error.hints].join("\n  "), { cause: error });
  }
}

async function read(source: string | URL | object, options: ReadBusOptions): Promise<EventBus> {
  const { readSource, demandFaultless, renderFault } = await import("../core/route/source/index.ts");
  // A test's own standard input is none of our business.
  const world = { cwd: resolve("."), stdin: Readable.from([]) };
  const file = await openFile(source, world);
  const { name = "default", parameters = {}, region, account } = options;
  const { model, faults, warnings } = readSource(file, {
    home: { ...(region !== undefined && { region }), ...(account !== undefined && { account }) },
    parameters: new Map(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
    open: siblingOf(world),
  });
  demandFaultless(faults);
  const bus = chooseBus(model, name, file.name, "the option name");
  return openEventBus(model, bus, warnings.map(renderFault));
}

async function openFile(
  source: string | URL | object,
  world: Parameters<typeof openSourceFile>[0],
): Promise<SourceFile> {
  if (typeof source === "string") return openSourceFile(world, source);
  if (!(source instanceof URL)) return { name: "the bus", text: JSON.stringify(source) };
  const name = fileURLToPath(source);
  try {
    return { name, text: readFileSync(name, "utf8") };
  } catch (error) {
    throw new EvbError("FILE_NOT_READ", `${name} cannot be read: ${(error as Error).message}`, [], error);
  }
}
