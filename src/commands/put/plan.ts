import { billedUnits } from "../../core/event/size.ts";
import { Exit } from "../../core/exit.ts";
import type { Piece } from "./batches.ts";
import type { PutHappening } from "./happening.ts";
import type { BadItem } from "./items.ts";

/** A dry run: the batches that would be sent, and what they would cost. */
export async function* showPlan(
  batches: AsyncGenerator<Piece, BadItem | undefined>,
): AsyncGenerator<PutHappening, number> {
  let whole = true;
  const plan = { events: 0, batches: 0, bytes: 0, billed: 0 };
  for (;;) {
    const step = await batches.next();
    if (step.done) {
      if (step.value) yield { kind: "faulty", ...step.value };
      yield { kind: "plan", plan };
      if (step.value) return Exit.badInput;
      return whole ? Exit.done : Exit.partly;
    }
    if ("faults" in step.value) {
      whole = false;
      yield { kind: "left-out", item: step.value };
      continue;
    }
    plan.batches++;
    for (const { bytes } of step.value) {
      plan.events++;
      plan.bytes += bytes;
      plan.billed += billedUnits(bytes);
    }
    yield { kind: "planned", items: step.value, batch: plan.batches };
  }
}
