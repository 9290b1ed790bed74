import { EvbError } from "../../core/errors.ts";
import { compilePattern } from "../../core/pattern/index.ts";
import { makeCanary } from "../../core/tail/canary.ts";
import type { Watch } from "../../core/tail/choice.ts";
import { makeTailName } from "../../core/tail/name.ts";
import { planGuest, planSetup } from "../../core/tail/setup.ts";
import { lease } from "../../core/tail/tags.ts";
import type { Signals, World } from "../../shell/world.ts";
import type { FoundBus } from "../bus.ts";
import { type Clients, ownerOf } from "../temporary.ts";
import { TemporaryTail } from "../temporary-tail.ts";
import type { TailOptions } from "./command.ts";

/** All that one run makes. */
export interface Parts {
  /** A queue with its rule for each watch, in their order. */
  readonly tails: readonly TemporaryTail[];
  readonly canary: CanaryParts | undefined;
}

export interface CanaryParts extends ReturnType<typeof makeCanary> {
  /** The name in the canary that is ours. */
  readonly name: string;
  /** A rule that takes nothing else, with the queue of the last watch as its target. */
  readonly rule: TemporaryTail;
}

/** Plans what is to be made; nothing is made yet. */
export function planParts(
  options: TailOptions,
  watches: readonly Watch[],
  bus: FoundBus,
  clients: Clients,
  world: World,
): Parts {
  const { clock, random } = world;
  const created = clock.now();
  const tags = { owner: ownerOf(world), created, expires: created + lease.ms };
  const about = { home: bus.home, bus: bus.name, tags };
  const names = watches.map(() => makeTailName(created, random));
  const canary = options.canary ? makeTailName(created, random) : undefined;
  const last = names.at(-1)!;
  const open = (setup: TemporaryTail["setup"]) => new TemporaryTail(clients, setup, bus, clock);
  const tails = watches.map((watch, index) => {
    const name = names[index]!;
    const guest = name === last ? canary : undefined;
    return open(planSetup({ ...watch, ...about, name, guest, kmsKey: options.kmsKey }));
  });
  if (canary === undefined) return { tails, canary: undefined };
  const made = makeCanary(canary, bus.name);
  for (const watch of watches) demandUnseen(watch, made.event);
  const wish = { ...about, name: canary, pattern: made.pattern, input: {}, state: "ENABLED" } as const;
  return { tails, canary: { ...made, name: canary, rule: open(planGuest(wish, last)) } };
}

/** A canary that a transformer has changed cannot be told from an event. */
function demandUnseen({ pattern, input, mark }: Watch, canary: string): void {
  if (Object.keys(input).length === 0 || !compilePattern(pattern).matchesJson(Buffer.from(canary))) return;
  throw new EvbError(
    "BAD_USAGE",
    `--canary: ${mark === undefined ? "the rule" : `rule ${mark}`} takes the canary too, and its target's input would hide which event that is`,
    ["leave --canary out: the tail then waits until the rule is likely to be in force"],
  );
}

/** Makes everything, the canary's rule last. False when a signal came: what has been made so far is then still there. */
export async function createParts({ tails, canary }: Parts, signals: Signals): Promise<boolean> {
  const results = await Promise.allSettled(tails.map((tail) => tail.create(signals)));
  for (const result of results) if (result.status === "rejected") throw result.reason;
  if (results.some((result) => result.status === "fulfilled" && !result.value)) return false;
  return canary === undefined || (await canary.rule.create(signals));
}
