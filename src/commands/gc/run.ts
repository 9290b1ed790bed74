import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { type Leftover, planSweep } from "../../core/tail/leftovers.ts";
import { isRedriveName } from "../../core/tail/name.ts";
import { confirm } from "../../shell/confirm.ts";
import type { Stop } from "../../shell/world.ts";
import type { Stage } from "../stage.ts";
import { type Remnant, removeParts, removeRelay } from "../temporary.ts";
import type { GcOptions } from "./command.ts";
import { findParts } from "./find.ts";

export type GcHappening =
  /** All that was found. `going` is the part of it that is, or would be, removed. */
  | {
      readonly kind: "plan";
      readonly found: readonly Leftover[];
      readonly going: readonly Leftover[];
      readonly where: string;
    }
  | { readonly kind: "removed"; readonly leftover: Leftover }
  | { readonly kind: "failed"; readonly leftover: Leftover; readonly remnants: readonly Remnant[] }
  | { readonly kind: "refused" }
  | { readonly kind: "summary"; readonly removed: number; readonly failed: number };

/** Shows what crashed tails left, and removes it after asking. */
export async function* runGc(options: GcOptions, stage: Stage): AsyncGenerator<GcHappening, number> {
  const { world, global } = stage;
  const connection = await stage.connect();
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  const found = planSweep(await findParts(clients), world.clock.now(), options.olderThan);
  const going = choose(found, options, connection.where);
  yield { kind: "plan", found, going, where: connection.where };
  if (options.dryRun || going.length === 0) return Exit.done;
  if (!global.yes) {
    const answer = await ask(stage, going.length, connection.where);
    if (answer === undefined) return Exit.interrupted;
    if (!answer) {
      yield { kind: "refused" };
      return Exit.done;
    }
  }
  using signals = world.signals();
  let failed = 0;
  let removed = 0;
  for (const leftover of going) {
    if (signals.stop.aborted) break;
    const remnants = isRedriveName(leftover.name)
      ? await removeRelay(clients, leftover.name)
      : await removeParts(clients, leftover);
    if (remnants.length > 0) {
      failed++;
      yield { kind: "failed", leftover, remnants };
    } else {
      removed++;
      yield { kind: "removed", leftover };
    }
  }
  yield { kind: "summary", removed, failed };
  if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
  return failed > 0 ? Exit.partly : Exit.done;
}

function choose(found: readonly Leftover[], { names }: GcOptions, where: string): readonly Leftover[] {
  if (names.length === 0) return found.filter(({ state }) => state === "expired");
  const going = found.filter(({ name }) => names.includes(name));
  const missing = names.filter((name) => !going.some((leftover) => leftover.name === name));
  if (missing.length > 0)
    throw new EvbError("NOT_FOUND", `nothing is left of ${missing.join(", ")} in ${where}`, [
      "evb gc --dry-run shows what there is; check --region and --profile",
    ]);
  return going;
}

async function ask(stage: Stage, count: number, where: string): Promise<boolean | undefined> {
  const things = count === 1 ? "1 leftover" : `${count} leftovers`;
  if (!stage.mayAsk)
    throw new EvbError("NEEDS_ANSWER", `${things} in ${where} would be removed, and nobody is there to ask`, [
      "add --yes to remove them, or --dry-run to only look",
    ]);
  return confirm(stage.world, `remove ${things} in ${where}?`);
}
