import { cancelReplay } from "../../aws/replays.ts";
import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import type { Stage } from "../stage.ts";
import type { CancelOptions, StatusOptions } from "./command.ts";
import { exitOf, followReplay } from "./follow.ts";
import type { ReplayHappening } from "./happening.ts";
import { findReplay, isActive } from "./rows.ts";

export async function* runStatus(
  { name, wait }: StatusOptions,
  stage: Stage,
): AsyncGenerator<ReplayHappening, number> {
  const { events: open, where, local } = await stage.connect();
  const events = await open();
  if (wait) {
    using signals = stage.world.signals();
    return yield* followReplay({ events, where, local, name, signals, cancelOnInterrupt: false }, stage);
  }
  const replay = await findReplay(events, name, where);
  yield { kind: "replay", replay, isListed: false };
  return exitOf(replay);
}

export async function* runCancel(
  { name }: CancelOptions,
  stage: Stage,
): AsyncGenerator<ReplayHappening, number> {
  const connection = await stage.connect();
  const events = await connection.events();
  const replay = await findReplay(events, name, connection.where);
  if (!isActive(replay))
    throw new EvbError("AWS_REFUSED", `replay ${name} is ${replay.state} and cannot be cancelled`);
  if (replay.state !== "CANCELLING") await cancelReplay(events, name);
  yield { kind: "cancelling", name };
  return Exit.done;
}
