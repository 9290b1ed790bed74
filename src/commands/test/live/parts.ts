import { deleteMessages, receiveMessages } from "../../../aws/queues.ts";
import { putEntries } from "../../../aws/rules.ts";
import { parseArn } from "../../../core/arn.ts";
import { EvbError } from "../../../core/errors.ts";
import type { LiveWatch } from "../../../core/suite/live.ts";
import { canaryNumber, liveTrace, tracedNumber } from "../../../core/suite/live-owner.ts";
import { makeCanary } from "../../../core/tail/canary.ts";
import { makeTailName } from "../../../core/tail/name.ts";
import { planGuest, planSetup } from "../../../core/tail/setup.ts";
import type { Signals, World } from "../../../shell/world.ts";
import { eachOf } from "../../few.ts";
import { type Clients, ownerOf, type Remnant } from "../../temporary.ts";
import { TemporaryTail } from "../../temporary-tail.ts";
import { unlessStopped } from "./send.ts";

/** A rule and a queue for each watch, and for each bus a canary that says when the rules are in force. */
export interface LiveParts {
  readonly tails: ReadonlyMap<LiveWatch, TemporaryTail>;
  readonly canaries: readonly Canary[];
}

interface Canary extends ReturnType<typeof makeCanary> {
  readonly name: string;
  readonly tail: TemporaryTail;
  /** Whose queue it comes into. */
  readonly host: TemporaryTail;
}

/** What a run makes counts as left behind by a crash after this time. */
const leaseMs = 15 * 60_000;
/** As for a tail: a rule that is not in force by then never will be. */
const canary = { againMs: 1000, patienceMs: 60_000 };

export function planLiveParts(watches: readonly LiveWatch[], clients: Clients, world: World): LiveParts {
  const created = world.clock.now();
  const tags = { owner: ownerOf(world), created, expires: created + leaseMs };
  const tails = new Map<LiveWatch, TemporaryTail>();
  const canaries: Canary[] = [];
  for (const arn of new Set(watches.map((watch) => watch.bus.arn))) {
    const own = watches.filter((watch) => watch.bus.arn === arn);
    const { bus } = own[0]!;
    const about = { home: parseArn(bus.arn)!, bus: bus.name, tags };
    const open = (setup: TemporaryTail["setup"]) =>
      new TemporaryTail(clients, setup, { name: bus.name, home: about.home }, world.clock);
    const guest = makeTailName(created, world.random);
    for (const watch of own) {
      const { pattern, input, rule } = watch;
      const name = makeTailName(created, world.random);
      const state = rule.state === "DISABLED" ? "ENABLED" : rule.state;
      const isLast = watch === own.at(-1);
      tails.set(
        watch,
        open(planSetup({ ...about, name, pattern, input, state, guest: isLast ? guest : undefined })),
      );
    }
    const made = makeCanary(guest, bus.name);
    const host = tails.get(own.at(-1)!)!;
    const wish = { ...about, name: guest, pattern: made.pattern, input: {}, state: "ENABLED" } as const;
    canaries.push({ ...made, name: guest, host, tail: open(planGuest(wish, host.setup.name)) });
  }
  return { tails, canaries };
}

/** Makes everything, the canaries' rules last. False when a signal came. */
export async function createLiveParts({ tails, canaries }: LiveParts, signals: Signals): Promise<boolean> {
  const made = await eachOf([...tails.values()], (tail) => tail.create(signals));
  if (made.includes(false)) return false;
  return !(await eachOf(canaries, ({ tail }) => tail.create(signals))).includes(false);
}

/** What is left of it, by name; `undefined` remnants where nobody waited for the end. */
export async function removeLiveParts(
  { tails, canaries }: LiveParts,
  { stopNow }: Signals,
): Promise<{ readonly name: string; readonly remnants: readonly Remnant[] | undefined }[]> {
  // Rules that send to another's queue go before it.
  const removed = await eachOf([...canaries.map(({ tail }) => tail), ...tails.values()], async (tail) => ({
    name: tail.setup.name,
    remnants: await tail.remove(stopNow),
  }));
  return removed.filter(({ remnants }) => remnants?.length !== 0);
}

/**
 * Waits until each bus's canary is back: then the rules that were made before it are in force too. True when all came with
 * the trace header that they were sent with.
 */
export async function awaitCanaries(
  { canaries }: LiveParts,
  clients: Clients,
  world: World,
  run: string,
  stop: AbortSignal,
): Promise<boolean> {
  const TraceHeader = liveTrace(run, canaryNumber, world.clock.now());
  const traced = await Promise.all(
    canaries.map(async ({ entry, host, name }) => {
      const until = world.clock.now() + canary.patienceMs;
      while (!stop.aborted) {
        if (world.clock.now() >= until) throw silence(entry.EventBusName);
        const [result] = await putEntries(clients.events, [{ ...entry, TraceHeader }], stop).catch(
          unlessStopped(stop),
        );
        if (result?.ok === false && result.senderFault)
          throw new EvbError("AWS_REFUSED", `PutEvents: ${result.code}: ${result.message}`);
        const messages = await receiveMessages(clients.sqs, host.queueUrl!, { waitSeconds: 1, signal: stop });
        if (messages.length > 0)
          await deleteMessages(
            clients.sqs,
            host.queueUrl!,
            messages.map(({ receiptHandle }) => receiptHandle),
          );
        const back = messages.find(({ body }) => body.includes(name));
        if (back !== undefined) return tracedNumber(run, back.system.AWSTraceHeader) === canaryNumber;
        if (messages.length > 0) await world.clock.sleep(canary.againMs, stop);
      }
      return false;
    }),
  );
  return traced.every((is) => is);
}

const silence = (bus: string) =>
  new EvbError(
    "AWS_REFUSED",
    `no canary came back through event bus ${bus} within ${canary.patienceMs / 1000} seconds: its events do not reach the queue`,
    ["a policy of the organization may forbid events.amazonaws.com to do sqs:SendMessage"],
  );
