import { unlessAborted } from "../unless-aborted.ts";
import { awaitCanary } from "./await-canary.ts";
import type { Follower } from "./follow.ts";
import { countLeftovers } from "./leftovers.ts";
import type { Scene } from "./listen.ts";

/** PutRule asks for "a short period of time" until a rule is in force. The emulator needs none. */
const settleMs = 2000;

/** Waits until what comes by is seen, and says so. Says nothing when the following has stopped before. */
export async function getReady(scene: Scene, follower: Follower, onReady: () => void): Promise<void> {
  const { world, clients, watches, parts, signals } = scene;
  const leftovers = countLeftovers(clients.sqs, world.clock.now());
  await untilInForce(scene, follower);
  const count = await unlessAborted(leftovers, signals.stop);
  if (follower.stopped !== undefined) return;
  if (count) await follower.tell({ kind: "leftovers", count });
  for (const [index, { setup }] of parts.tails.entries()) {
    const { Name: name, EventBusName: bus, EventPattern: pattern } = setup.rule;
    await follower.tell({ kind: "listening", name, bus, mark: watches[index]!.mark, pattern });
  }
  onReady();
}

/** Until the canary is back; without one for as long as rules take on AWS. */
async function untilInForce(
  { options, world, clients, connection, parts, signals }: Scene,
  follower: Follower,
): Promise<void> {
  if (parts.canary === undefined) {
    if (!connection.local) await world.clock.sleep(settleMs, follower.stopping);
    return;
  }
  await awaitCanary(clients, world, parts.canary, follower.canaryOrStop, options.kmsKey);
  // What cannot be removed now is tried again, and told, at the end.
  if (follower.stopped === undefined) await parts.canary.rule.remove(signals.stopNow);
}
