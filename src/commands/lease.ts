import type { Clock } from "../core/clock.ts";
import { EvbError } from "../core/errors.ts";
import { lease } from "../core/tail/tags.ts";
import type { TemporaryTail } from "./temporary-tail.ts";

/**
 * Renews the expiry tags for as long as the tail is at work, and looks whether its rules are still there: one that
 * somebody has deleted is silent. What fails is made good by the next time. The result ends it.
 */
export function renewLease(
  tails: readonly TemporaryTail[],
  clock: Clock,
  onLoss: (error: EvbError) => void,
): () => void {
  let cancel = () => {};
  let isOver = false;
  const renew = async () => {
    await Promise.allSettled(tails.map((tail) => tail.renew()));
    for (const tail of tails) {
      const loss = await tail.findLoss().catch(() => undefined);
      if (loss !== undefined && !isOver) onLoss(new EvbError("NOT_FOUND", loss, ["start the tail again"]));
    }
    next();
  };
  const next = () => {
    if (!isOver) cancel = clock.after(lease.renewEveryMs, () => void renew());
  };
  next();
  return () => {
    isOver = true;
    cancel();
  };
}
