import { putEntries } from "../../aws/rules.ts";
import { EvbError } from "../../core/errors.ts";
import type { makeCanary } from "../../core/tail/canary.ts";
import type { World } from "../../shell/world.ts";
import type { Clients } from "../temporary.ts";
import { isPassing } from "./receive.ts";

/** A first canary may be too early; each further one is sent after this time. */
const againMs = 1000;
/** A rule that is not in force by then never will be. */
const patienceMs = 60_000;

/** Sends canaries until one has come back (or `back` aborts for another reason). */
export async function awaitCanary(
  { events }: Clients,
  { clock }: Pick<World, "clock">,
  { entry }: Pick<ReturnType<typeof makeCanary>, "entry">,
  back: AbortSignal,
  kmsKey: string | undefined,
): Promise<void> {
  const until = clock.now() + patienceMs;
  while (!back.aborted) {
    if (clock.now() >= until) throw silence(entry.EventBusName, kmsKey);
    const [result] = await putEntries(events, [entry], back).catch((error) => {
      if (back.aborted || isPassing(error)) return [];
      throw error;
    });
    if (result?.ok === false && result.senderFault)
      throw new EvbError("AWS_REFUSED", `PutEvents: ${result.code}: ${result.message}`, [
        "--canary needs events:PutEvents on the bus",
      ]);
    await clock.sleep(againMs, back);
  }
}

const silence = (bus: string, kmsKey: string | undefined) =>
  new EvbError(
    "AWS_REFUSED",
    `no canary came back through event bus ${bus} within ${patienceMs / 1000} seconds: its events do not reach the queue`,
    [
      ...(kmsKey === undefined
        ? []
        : [`the policy of ${kmsKey} has to let events.amazonaws.com do kms:Decrypt and kms:GenerateDataKey`]),
      "a policy of the organization may forbid events.amazonaws.com to do sqs:SendMessage",
      "without --canary the tail listens all the same",
    ],
  );
