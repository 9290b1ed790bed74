import { dirname, join } from "node:path";
import type { Arrival } from "../../core/event/complete.ts";
import { compilePattern, matchingBranches } from "../../core/pattern/index.ts";
import type { Bus, Rule } from "../../core/route/bus.ts";
import { Router } from "../../core/route/route.ts";
import { Tracker } from "../../core/suite/coverage.ts";
import type { BusChoice } from "../../core/suite/suite.ts";
import { exists } from "../../shell/files.ts";
import { arrivalAt } from "../arrival.ts";
import { openBusModel } from "../bus-source.ts";
import type { Stage } from "../stage.ts";
import { stillClock } from "./events.ts";

/** A bus with what it takes to test it. Suites of the same bus share one, and so do they their coverage. */
export interface Desk {
  readonly bus: Bus;
  readonly buses: readonly Bus[];
  readonly router: Router;
  readonly tracker: Tracker;
  readonly arrival: Arrival;
  readonly warnings: readonly string[];
}

/** Opens the bus of each suite, once. */
export class Desks {
  readonly #stage: Stage;
  readonly #open = new Map<string, Promise<Desk>>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async open(suite: string, choice: BusChoice): Promise<Desk> {
    const own = choice.from === undefined ? undefined : join(dirname(suite), choice.from);
    // What is no file beside the suite may be the name of a starter bus.
    const from = own === undefined || (await exists(this.#stage.world, own)) ? own : choice.from;
    const key = JSON.stringify([from, choice.name]);
    const opened = this.#open.get(key) ?? openDesk(this.#stage, { from, bus: choice.name ?? "default" });
    this.#open.set(key, opened);
    return opened;
  }

  /** Those that were opened, in order. */
  all(): Promise<Desk[]> {
    return Promise.all(this.#open.values());
  }
}

async function openDesk(stage: Stage, source: { from: string | undefined; bus: string }): Promise<Desk> {
  const { model, bus } = await openBusModel(stage, source);
  const router = new Router(model);
  const broken = router.broken.map(
    ({ rule, error }) =>
      `rule ${rule.name} takes part in nothing: AWS would refuse its pattern: ${error.message}`,
  );
  return {
    bus,
    buses: model.buses,
    router,
    tracker: new Tracker(bus, branchesOf),
    arrival: arrivalAt(bus.arn, stillClock(stage.world.clock)),
    warnings: broken,
  };
}

function branchesOf({ pattern, unknowns }: Rule, event: string) {
  if (pattern === undefined || unknowns.some(({ path }) => path.startsWith("pattern"))) return none;
  return matchingBranches(compilePattern(pattern), new TextEncoder().encode(event));
}

const none = { count: 0, hit: [] };
