import { Exit } from "../../core/exit.ts";
import type { DeliveryRecord } from "../../local/eventbridge/delivery/record.ts";
import { isLoopback } from "../../local/guard.ts";
import type { Local } from "../../local/start.ts";
import type { Signals, Stop } from "../../shell/world.ts";
import { connect, localRegion } from "../connect.ts";
import type { Stage } from "../stage.ts";
import { carryOut, type Fill, planFill } from "./apply.ts";
import type { LocalApplyOptions } from "./apply-command.ts";
import { runChild } from "./child.ts";
import type { LocalExecOptions, LocalOptions } from "./command.ts";
import { openEmulator } from "./emulator.ts";
import { openTold } from "./told.ts";

export type LocalHappening =
  | { readonly kind: "listening"; readonly url: string; readonly region: string; readonly account: string }
  | { readonly kind: "applied"; readonly filled: Fill; readonly file: string }
  /** What a file could not fill an emulator with, for the command that runs against it. */
  | { readonly kind: "gaps"; readonly filled: Fill }
  | { readonly kind: "log"; readonly line: string }
  /** It can be called from other machines. */
  | { readonly kind: "open"; readonly host: string }
  /** What a target that is standard output was sent. */
  | { readonly kind: "body"; readonly body: string }
  | { readonly kind: "delivery"; readonly record: DeliveryRecord }
  | { readonly kind: "stopped" };

/** Runs the emulator until a signal comes. */
export async function* runLocal(options: LocalOptions, stage: Stage): AsyncGenerator<LocalHappening, number> {
  const told = openTold<LocalHappening>();
  using signals = stage.world.signals();
  const { local, filled } = await openEmulator(
    options,
    { port: options.port, host: options.host, end: signals.stop },
    stage,
    told.tell,
  );
  try {
    if (filled !== undefined) yield { kind: "applied", filled, file: options.from! };
    if (!isLoopback(options.host)) yield { kind: "open", host: options.host };
    yield { kind: "listening", url: local.url, region: local.region, account: local.account };
    yield* told.until(aborted(signals.stop));
  } finally {
    await local.close();
  }
  yield { kind: "stopped" };
  return exitOf(signals);
}

/** Runs a command against an emulator of its own. The command's own output and exit code are passed through. */
export async function* runLocalExec(
  options: LocalExecOptions,
  stage: Stage,
): AsyncGenerator<LocalHappening, number> {
  const told = openTold<LocalHappening>();
  using signals = stage.world.signals();
  const { local, filled } = await openEmulator(
    options,
    { port: 0, host: "127.0.0.1", end: signals.stop },
    stage,
    told.tell,
  );
  try {
    if (filled !== undefined) yield { kind: "gaps", filled };
    const env = { ...stage.world.env, ...environmentOf(local) };
    const code = runChild(options, env, stage.world.cwd, signals);
    yield* told.until(code);
    const own = await code;
    return signals.stop.aborted ? exitOf(signals) : own;
  } finally {
    await local.close();
  }
}

/** Brings the emulator that `--local` means to what a file says. */
export async function* runLocalApply(
  { file, parameters }: LocalApplyOptions,
  stage: Stage,
): AsyncGenerator<LocalHappening, number> {
  const region = stage.global.region ?? localRegion;
  const filled = await planFill(stage, { from: file, parameters }, region);
  const global = { ...stage.global, local: true, endpointUrl: undefined, profile: undefined };
  using connection = connect(stage.world, global);
  await carryOut(filled.plan, connection);
  yield { kind: "applied", filled, file };
  return Exit.done;
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

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

const exitOf = (signals: Signals): number => (signals.stop.reason as Stop).exit;
