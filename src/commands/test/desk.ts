import { dirname, join } from "node:path";
import type { Arrival } from "../../core/event/complete.ts";
import { compilePattern, matchingBranches } from "../../core/pattern/index.ts";
import type { Bus, Rule } from "../../core/route/bus.ts";
import { Router } from "../../core/route/route.ts";
import { Tracker } from "../../core/suite/coverage.ts";
import type { BusChoice } from "../../core/suite/suite.ts";
import { exists } from "../../shell/files.ts";
import { arrivalAt } from "../arrival.ts";
import { brokenRuleText } from "../broken-rule.ts";
import { openChosenBus } from "../chosen-bus.ts";
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

type Parameters = ReadonlyMap<string, string>;

/** Opens the bus of each suite, once. */
export class Desks {
  readonly #stage: Stage;
  readonly #parameters: Parameters;
  readonly #open = new Map<string, Promise<Desk>>();

  constructor(stage: Stage, parameters: Parameters = new Map()) {
    this.#stage = stage;
    this.#parameters = parameters;
  }

  async open(suite: string, choice: BusChoice): Promise<Desk> {
    const beside = choice.from === undefined ? undefined : join(dirname(suite), choice.from);
    // What is no file beside the suite may be the name of a starter bus.
    const from = beside === undefined || (await exists(this.#stage.world, beside)) ? beside : choice.from;
    const own = Object.entries(choice.parameters ?? {}).map(
      ([name, value]) => [name, String(value)] as const,
    );
    const parameters = new Map([...own, ...this.#parameters]);
    const key = JSON.stringify([from, choice.name, [...parameters]]);
    const opened =
      this.#open.get(key) ?? openDesk(this.#stage, { from, bus: choice.name ?? "default", parameters });
    this.#open.set(key, opened);
    return opened;
  }

  /** Those that were opened, in order. */
  all(): Promise<Desk[]> {
    return Promise.all(this.#open.values());
  }
}

async function openDesk(
  stage: Stage,
  source: { from: string | undefined; bus: string; parameters: Parameters },
): Promise<Desk> {
  const { model, bus, warnings } = await openChosenBus(stage, source, "bus.name");
  const router = new Router(model);
  return {
    bus,
    buses: model.buses,
    router,
    tracker: new Tracker(bus, branchesOf),
    arrival: arrivalAt(bus.arn, stillClock(stage.world.clock)),
    warnings: [...warnings, ...router.broken.map(brokenRuleText)],
  };
}

function branchesOf({ pattern, unknowns }: Rule, event: string) {
  if (pattern === undefined || unknowns.some(({ path }) => path.startsWith("pattern"))) return none;
  return matchingBranches(compilePattern(pattern), new TextEncoder().encode(event));
}

const none = { count: 0, hit: [] };
