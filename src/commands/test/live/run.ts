import { setMaxListeners } from "node:events";
import { makeHex } from "../../../core/event/ids.ts";
import type { Stop } from "../../../shell/world.ts";
import type { Stage } from "../../stage.ts";
import type { TestOptions } from "../command.ts";
import type { TestHappening } from "../happening.ts";
import { awaitCanaries, createLiveParts, planLiveParts, removeLiveParts } from "./parts.ts";
import { type LiveTest, planAllWatches, planLiveTest } from "./plan.ts";
import { type HasFailed, LivePut } from "./put-all.ts";
import { receiveLive } from "./receive.ts";
import { LiveSender } from "./send.ts";

/** After the last event that is waited for, what should not come is given so long. */
const settleMs = { aws: 1000, local: 100 };

/**
 * Puts the events of all tests for real while `tell` asks for what arrived, test by test. Temporary rules and queues stand
 * beside the deployed ones, which are not touched; whatever happens they are removed. The exit code where a signal ended it.
 */
export async function* runLive(
  tests: readonly LiveTest[],
  options: TestOptions,
  stage: Stage,
  hasFailed: HasFailed,
  tell: (put: LivePut) => AsyncGenerator<TestHappening, void>,
): AsyncGenerator<TestHappening, number | undefined> {
  const { world } = stage;
  const connection = await stage.connect();
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  const run = makeHex(8, world.random);
  const plans = tests.map(planLiveTest);
  const watches = planAllWatches(plans, run);
  const parts = planLiveParts(watches, clients, world);
  using signals = world.signals();
  const done = new AbortController();
  let put: LivePut | undefined;
  try {
    yield { kind: "live", rules: watches.length };
    if (!(await createLiveParts(parts, signals))) return (signals.stop.reason as Stop).exit;
    const isTraced = await awaitCanaries(parts, clients, world, run, signals.stop);
    if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
    if (!isTraced && options.concurrency > 1) yield { kind: "warning", text: oneByOne };
    const sender = new LiveSender({
      ...{ clients, world, run, isTraced },
      waitMs: options.wait,
      settleMs: connection.local ? settleMs.local : settleMs.aws,
    });
    const end = AbortSignal.any([signals.stop, done.signal]);
    // Every queue and every event waits for these: that is no leak to warn of.
    setMaxListeners(0, signals.stop, end);
    const errors: unknown[] = [];
    const onError = (error: unknown) => {
      errors.push(error);
      done.abort();
    };
    void receiveLive(parts, clients.sqs, world.clock, end, (watch, message) =>
      sender.onMessage(watch, message),
    ).catch(onError);
    put = new LivePut(plans, {
      ...{ watches, sender, clock: world.clock, end, onError },
      concurrency: isTraced ? options.concurrency : 1,
      hasFailed: options.bail ? hasFailed : undefined,
    });
    yield* tell(put);
    if (errors.length > 0) throw errors[0];
    return signals.stop.aborted ? (signals.stop.reason as Stop).exit : undefined;
  } finally {
    done.abort();
    await put?.close();
    const left = await removeLiveParts(parts, signals);
    for (const { name } of left) yield { kind: "left", name };
  }
}

const oneByOne = "the events' trace headers do not come with them here, so that one event is put at a time";
