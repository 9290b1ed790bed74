import { billedUnits } from "../../core/event/size.ts";
import { Exit } from "../../core/exit.ts";
import type { PutHappening } from "./happening.ts";
import type { BadItem, GoodItem } from "./items.ts";

/** A dry run: the batches that would be sent, and what they would cost. */
export async function* showPlan(
  batches: AsyncGenerator<readonly GoodItem[], BadItem | undefined>,
): AsyncGenerator<PutHappening, number> {
  const plan = { events: 0, batches: 0, bytes: 0, billed: 0 };
  for (;;) {
    const step = await batches.next();
    if (step.done) {
      if (step.value) yield { kind: "faulty", ...step.value };
      yield { kind: "plan", plan };
      return step.value ? Exit.badInput : Exit.done;
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
