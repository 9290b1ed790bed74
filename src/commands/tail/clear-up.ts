import type { Signals } from "../../shell/world.ts";
import type { TemporaryTail } from "../temporary-tail.ts";
import type { TailHappening } from "./happening.ts";
import type { Parts } from "./parts.ts";

/**
 * Removes what was made, or leaves it with `mayStay`. Whoever stops asking at a `yield` does not come back (a closed pipe),
 * so nothing is told before everything is done. The result: the names of what is gone, or `undefined` when something is
 * left that should not be.
 */
export async function* clearUp(
  { tails, canary }: Parts,
  mayStay: boolean,
  { stopNow }: Signals,
): AsyncGenerator<TailHappening, readonly string[] | undefined> {
  const kept = mayStay ? tails.filter(({ queueUrl }) => queueUrl !== undefined) : [];
  const going = [
    ...tails.filter((tail) => !kept.includes(tail)),
    ...(canary === undefined ? [] : [canary.rule]),
  ];
  const [left] = await Promise.all([
    removeAll(going, stopNow),
    ...kept.map((tail) => tail.keep(stopNow).catch(() => {})),
  ]);
  for (const { setup, queueUrl } of kept)
    yield { kind: "kept", name: setup.name, bus: setup.rule.EventBusName, queueUrl: queueUrl! };
  yield* left;
  const names = going.filter((tail) => tail !== canary?.rule).map(({ setup }) => setup.name);
  return left.length === 0 ? names : undefined;
}

async function removeAll(tails: readonly TemporaryTail[], stopNow: AbortSignal): Promise<TailHappening[]> {
  const results = await Promise.all(
    tails.map(async (tail) => ({ tail, remnants: await tail.remove(stopNow) })),
  );
  return results
    .filter(({ remnants }) => remnants?.length !== 0)
    .map(({ tail: { setup, hasQueue }, remnants }) => ({
      kind: "left",
      name: setup.name,
      bus: setup.rule.EventBusName,
      hasQueue,
      remnants,
    }));
}
