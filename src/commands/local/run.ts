import { spawn } from "node:child_process";
import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import type { BusFile } from "../../core/route/bus-file.ts";
import { type Local, startLocal } from "../../local/start.ts";
import type { Signals, Stop } from "../../shell/world.ts";
import { connect, localRegion } from "../connect.ts";
import type { Stage } from "../stage.ts";
import { applyBusFile, countSteps, readBusFile } from "./apply.ts";
import type { LocalApplyOptions, LocalExecOptions, LocalOptions } from "./command.ts";

export type LocalHappening =
  | { readonly kind: "listening"; readonly url: string; readonly region: string; readonly account: string }
  | { readonly kind: "applied"; readonly what: string; readonly file: string }
  | { readonly kind: "log"; readonly line: string }
  | { readonly kind: "stopped" };

/** Runs the emulator until a signal comes. */
export async function* runLocal(options: LocalOptions, stage: Stage): AsyncGenerator<LocalHappening, number> {
  const file = options.from === undefined ? undefined : await readBusFile(stage.world, options.from);
  const lines: string[] = [];
  let wake = () => {};
  using signals = stage.world.signals();
  const ended = new Promise<void>((resolve) =>
    signals.stop.addEventListener("abort", () => resolve(), { once: true }),
  );
  await using local = await start({
    port: options.port,
    lenient: options.lenient,
    region: stage.global.region ?? localRegion,
    log: (line) => {
      lines.push(line);
      wake();
    },
  });
  if (file) yield { kind: "applied", what: await fill(local, file, stage), file: options.from! };
  yield { kind: "listening", url: local.url, region: local.region, account: local.account };
  while (!signals.stop.aborted) {
    await Promise.race([ended, new Promise<void>((resolve) => (wake = resolve))]);
    for (const line of lines.splice(0)) yield { kind: "log", line };
  }
  await local.close();
  yield { kind: "stopped" };
  return exitOf(signals);
}

/** Runs a command against an emulator of its own. The command's own output and exit code are passed through. */
export async function* runLocalExec(
  options: LocalExecOptions,
  stage: Stage,
): AsyncGenerator<LocalHappening, number> {
  const file = options.from === undefined ? undefined : await readBusFile(stage.world, options.from);
  using signals = stage.world.signals();
  const lines: string[] = [];
  await using local = await start({
    port: 0,
    lenient: options.lenient,
    region: stage.global.region ?? localRegion,
    log: (line) => void lines.push(line),
  });
  if (file) await fill(local, file, stage);
  const code = await runChild(
    options,
    { ...stage.world.env, ...environmentOf(local) },
    stage.world.cwd,
    signals,
  );
  for (const line of lines) yield { kind: "log", line };
  return signals.stop.aborted ? exitOf(signals) : code;
}

/** Brings the emulator that `--local` means to what a file says. */
export async function* runLocalApply(
  { file }: LocalApplyOptions,
  stage: Stage,
): AsyncGenerator<LocalHappening, number> {
  const spec = await readBusFile(stage.world, file);
  const global = { ...stage.global, local: true, endpointUrl: undefined, profile: undefined };
  using connection = connect(stage.world, global);
  const steps = await applyBusFile(spec, connection, global.region ?? localRegion);
  yield { kind: "applied", what: countSteps(steps), file };
  return Exit.done;
}

/** By the same calls as from outside, so that a file is checked as AWS would. */
async function fill(local: Local, file: BusFile, stage: Stage): Promise<string> {
  const world = { ...stage.world, env: { ...stage.world.env, EVB_LOCAL_URL: local.url } };
  using connection = connect(world, { local: true, region: local.region });
  return countSteps(await applyBusFile(file, connection, local.region));
}

/** What makes an AWS SDK or CLI talk to this emulator and to nothing else. */
function environmentOf(local: Local): Record<string, string | undefined> {
  return {
    AWS_ENDPOINT_URL: local.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: local.url,
    AWS_ENDPOINT_URL_SQS: local.url,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: local.region,
    AWS_DEFAULT_REGION: local.region,
    EVB_LOCAL_URL: local.url,
  };
}

function runChild(
  { command, args }: LocalExecOptions,
  env: Record<string, string | undefined>,
  cwd: string,
  signals: Signals,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: "inherit" });
    // A terminal's Ctrl-C reaches the child by itself; a signal sent to us alone does not.
    signals.stop.addEventListener("abort", () => child.kill((signals.stop.reason as Stop).signal), {
      once: true,
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        new EvbError(
          "BAD_USAGE",
          `cannot run ${command}: ${error.code === "ENOENT" ? "no such command" : error.message}`,
          ["the command stands behind --: evb local exec -- npm test"],
        ),
      ),
    );
    child.on("close", (code, signal) =>
      resolve(code ?? (signal === "SIGINT" ? Exit.interrupted : Exit.terminated)),
    );
  });
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
    if (code === "EACCES")
      throw new EvbError("LOCAL_FAILED", `port ${options.port} may not be opened`, ["choose one above 1023"]);
    throw error;
  }
}

const exitOf = (signals: Signals): number => (signals.stop.reason as Stop).exit;
