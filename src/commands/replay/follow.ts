import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { cancelReplay } from "../../aws/replays.ts";
import { Exit } from "../../core/exit.ts";
import type { Signals, Stop } from "../../shell/world.ts";
import type { Stage } from "../stage.ts";
import type { ReplayHappening, ReplayRow } from "./happening.ts";
import { findReplay, isActive } from "./rows.ts";

/** Between two looks: a replay takes minutes, but for an emulator's. */
const everyMs = { aws: 3000, local: 100 } as const;

export interface Following {
  readonly events: EventBridgeClient;
  readonly where: string;
  readonly local: boolean;
  readonly name: string;
  readonly signals: Signals;
  /** The first signal cancels the replay, instead of leaving it alone. */
  readonly cancelOnInterrupt: boolean;
}

/** Shows how far a replay is until it has ended. The exit code says how. */
export async function* followReplay(
  { events, where, local, name, signals, cancelOnInterrupt }: Following,
  { world }: Stage,
): AsyncGenerator<ReplayHappening, number> {
  let isCancelled = false;
  for (;;) {
    const replay = await findReplay(events, name, where);
    if (!isActive(replay)) {
      yield { kind: "replay", replay, isListed: false };
      return signals.stop.aborted ? (signals.stop.reason as Stop).exit : exitOf(replay);
    }
    if (signals.stop.aborted && (!cancelOnInterrupt || signals.stopNow.aborted)) {
      yield { kind: "leaving", name };
      return (signals.stop.reason as Stop).exit;
    }
    if (signals.stop.aborted && !isCancelled) {
      isCancelled = true;
      if (replay.state !== "CANCELLING") await cancelReplay(events, name);
      yield { kind: "cancelling", name };
    }
    yield { kind: "progress", replay };
    await world.clock.sleep(
      local ? everyMs.local : everyMs.aws,
      isCancelled ? signals.stopNow : signals.stop,
    );
  }
}

export const exitOf = ({ state }: ReplayRow): number =>
  state === "FAILED" || state === "CANCELLED" ? Exit.negative : Exit.done;
