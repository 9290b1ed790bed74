import { resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { nearNames } from "../../core/near.ts";
import { batchOperations } from "../../local/fault-entries.ts";
import type { Fault } from "../../local/faults.ts";
import { type Local, startLocal } from "../../local/start.ts";
import { connect, localRegion } from "../connect.ts";
import type { Stage } from "../stage.ts";
import { carryOut, type Fill, planFill } from "./apply.ts";
import type { EmulatorOptions } from "./command.ts";
import type { HandlerSpec } from "./handler.ts";
import type { LocalHappening } from "./run.ts";
import { scaledClock } from "./scaled-clock.ts";

export interface Emulator {
  readonly local: Local;
  /** What a file has filled it with. */
  readonly filled: Fill | undefined;
}

export interface Where {
  readonly port: number;
  readonly host: string;
  /** Ends what handlers are at. */
  readonly end: AbortSignal;
}

/** Starts an emulator as the flags want it. What they ask to be broken is whole until the file is in. */
export async function openEmulator(
  options: EmulatorOptions,
  { port, host, end }: Where,
  stage: Stage,
  tell: (happening: LocalHappening) => void,
): Promise<Emulator> {
  const {
    from,
    parameters,
    lenient,
    refuseMissingBus,
    timeScale,
    deliveries,
    faults,
    data,
    fsync,
    handlers,
  } = options;
  const region = stage.global.region ?? localRegion;
  const filled = from === undefined ? undefined : await planFill(stage, { from, parameters }, region);
  const { clock } = stage.world;
  const opened = await handlersOf(stage, handlers, tell, end);
  const local = await start({
    port,
    host,
    lenient,
    region,
    clock: timeScale === 1 ? clock : scaledClock(clock, timeScale),
    data: data === undefined ? undefined : resolve(stage.world.cwd, data),
    fsync,
    log: (line) => tell({ kind: "log", line }),
    events: {
      refuseMissingBus,
      handlers: opened,
      ...(deliveries && { onDelivery: (record) => tell({ kind: "delivery", record }) }),
    },
  });
  try {
    for (const fault of faults) demandFault(local, fault);
    if (filled !== undefined) await fill(local, filled, stage);
    for (const fault of faults) local.faults.add(fault);
    const handled = handlers.map(({ target }) => target);
    return { local, filled: filled && { ...filled, handled } };
  } catch (error) {
    await local.close();
    throw error;
  }
}

/** Loaded only when there are some. */
async function handlersOf(
  { world }: Stage,
  specs: readonly HandlerSpec[],
  tell: (happening: LocalHappening) => void,
  end: AbortSignal,
) {
  if (specs.length === 0) return {};
  const { openHandlers } = await import("./handlers.ts");
  return openHandlers(world, specs, {
    log: (line) => tell({ kind: "log", line }),
    out: (body) => tell({ kind: "body", body }),
    end,
  });
}

/** A fault of an operation that nobody calls would never strike, and nobody would know why. */
function demandFault({ operations }: Local, { operation, kind }: Fault): void {
  if (kind === "fail-entries" && operation !== "*" && !batchOperations.includes(operation))
    throw new EvbError("BAD_USAGE", `--fault: ${operation} has no entries that could fail`, [
      `these have: ${batchOperations.join(", ")}`,
    ]);
  if (operation === "*" || operations.has(operation)) return;
  const near = nearNames(operation, operations);
  throw new EvbError("BAD_USAGE", `--fault: no such operation: ${operation}`, [
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : "operations are named as in AWS's API: PutEvents",
  ]);
}

/** By the same calls as from outside, so that a file is checked as AWS would. */
async function fill(local: Local, { plan }: Fill, stage: Stage): Promise<void> {
  const world = { ...stage.world, env: { ...stage.world.env, EVB_LOCAL_URL: local.url } };
  using connection = connect(world, { local: true, region: local.region });
  await carryOut(plan, connection);
}

async function start(options: Parameters<typeof startLocal>[0] & { port: number }): Promise<Local> {
  try {
    return await startLocal(options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new EvbError("LOCAL_FAILED", `port ${options.port} is in use`, [
        "is evb local running already? --port names another, --port 0 takes any free one",
      ]);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new EvbError("LOCAL_FAILED", `${options.host} is no address of this machine`, [
        "--host 0.0.0.0 is all of them; without --host only this machine can call",
      ]);
    if (code === "EACCES")
      throw new EvbError("LOCAL_FAILED", `port ${options.port} may not be opened`, ["choose one above 1023"]);
    throw error;
  }
}
