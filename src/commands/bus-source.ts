import type { Home } from "../core/arn.ts";
import type { BusModel } from "../core/route/index.ts";
import type { Fault, SourceFile } from "../core/route/source/index.ts";
import { openSourceFile, siblingOf } from "./source-file.ts";
import type { Stage } from "./stage.ts";

/** Where buses are read from: a file, or what is deployed. */
export interface BusSource {
  /** A file or folder, the name of a starter, inline JSON, or `-`. Goes before `bus`. */
  readonly from?: string | undefined;
  /** A deployed bus: a name or an ARN. */
  readonly bus?: string | undefined;
  /** Values that the deploy would give. */
  readonly parameters?: ReadonlyMap<string, string> | undefined;
}

export interface OpenBusModel {
  readonly model: BusModel;
  /** What the reader of the file has to say, a sentence each with its place. For stderr. */
  readonly warnings: readonly string[];
  /** What messages call the source by: the file, or the deployed bus. */
  readonly name: string;
  /** The files that were read; none for a deployed bus. */
  readonly files: readonly SourceFile[];
}

/** Account and region of an emulator, which go before what a file says. */
export interface ModelHome {
  readonly emulator?: Home;
  /** Read the queues behind a deployed bus as well: one call for each. */
  readonly queues?: boolean;
  /** Mistakes that whoever the model is for would find in it; told together with those of the file. */
  readonly refused?: (model: BusModel, file: string) => Promise<readonly Fault[]>;
}

/** The buses of `--from`, or the deployed one of `--bus`. Throws with all mistakes of a file. */
export async function openBusModel(
  stage: Stage,
  source: BusSource,
  { emulator, queues = false, refused }: ModelHome = {},
): Promise<OpenBusModel> {
  const { from, bus = "default", parameters } = source;
  if (from === undefined) {
    // Loaded for deployed buses only: it brings the SDK.
    const { readDeployedBus } = await import("./deployed-bus.ts");
    const model = await readDeployedBus(await stage.connect(), bus, queues);
    return { model, warnings: [], name: bus, files: [] };
  }
  const [file, { readSource, demandFaultless, inOrder, renderFault }] = await Promise.all([
    openSourceFile(stage.world, from),
    import("../core/route/source/index.ts"),
  ]);
  const files = [file];
  const sibling = siblingOf(stage.world);
  const { model, faults, warnings } = readSource(file, {
    home: emulator ?? homeOf(stage),
    isHomeFixed: emulator !== undefined,
    env: stage.world.env,
    open(path, from) {
      const found = sibling(path, from);
      if (found !== undefined) files.push(found);
      return found;
    },
    ...(parameters && { parameters }),
  });
  demandFaultless(inOrder([...faults, ...((await refused?.(model, file.name)) ?? [])]));
  return { model, warnings: warnings.map(renderFault), name: file.name, files };
}

/** Without asking anybody: the account stays unknown. */
function homeOf({ global, world: { env } }: Stage): Partial<Home> {
  const region = global.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  return region ? { region } : {};
}
