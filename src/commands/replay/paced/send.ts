import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { putEvents } from "../../../aws/events.ts";
import { answered } from "../../../aws/patience.ts";
import { type ItemResult, isUnanswered } from "../../../aws/results.ts";
import { fullJitter } from "../../../core/backoff.ts";
import { planBatches } from "../../../core/event/batch.ts";
import { checkDraft } from "../../../core/event/check.ts";
import { readDraft } from "../../../core/event/draft.ts";
import type { Entry } from "../../../core/event/entry.ts";
import { findValue, normalJson } from "../../../core/transform/index.ts";
import type { World } from "../../../shell/world.ts";
import { eachOf } from "../../few.ts";
import type { PacedOutcome } from "./happening.ts";
import type { Archived } from "./read-window.ts";

/** Tries of an entry that AWS could not take just then. */
const tries = 8;
const backoff = { baseMs: 200, capMs: 20_000 };

interface Ready {
  readonly about: Pick<PacedOutcome, "id" | "source" | "detailType" | "time">;
  readonly entry: Entry;
  readonly bytes: number;
}

/** Sends what is due at one moment. What AWS would refuse is not sent and named. */
export async function sendTogether(
  archived: readonly Archived[],
  bus: string,
  client: EventBridgeClient,
  world: World,
  stopNow: AbortSignal,
): Promise<PacedOutcome[]> {
  const read = archived.map((event) => readyOf(event, bus));
  const ready = read.filter((one) => "entry" in one);
  const sent = await eachOf(planBatches(ready), (batch) => sendBatch(batch, client, world, stopNow));
  return [...read.filter((one) => "status" in one), ...sent.flat()];
}

async function sendBatch(
  batch: readonly Ready[],
  client: EventBridgeClient,
  { clock, random }: World,
  stopNow: AbortSignal,
): Promise<PacedOutcome[]> {
  const outcomes: PacedOutcome[] = [];
  let pending = batch;
  for (let attempt = 1; ; attempt++) {
    const results = await put(client, pending, stopNow);
    const isLast = attempt >= tries || stopNow.aborted;
    const again: Ready[] = [];
    for (const [i, one] of pending.entries()) {
      const result = results[i]!;
      if (result.ok) outcomes.push({ ...one.about, status: "published", eventId: result.id });
      else if (result.senderFault || isLast)
        outcomes.push({ ...one.about, status: "failed", reason: `${result.code}: ${result.message}` });
      else again.push(one);
    }
    if (again.length === 0) return outcomes;
    pending = again;
    await clock.sleep(fullJitter(backoff, attempt, random), stopNow);
  }
}

/** No answer is as a refusal that may pass: the events go again, and may then come twice. */
async function put(
  client: EventBridgeClient,
  batch: readonly Ready[],
  stopNow: AbortSignal,
): Promise<readonly ItemResult[]> {
  try {
    const entries = batch.map(({ entry }) => entry);
    return await answered(({ abortSignal }) => putEvents(client, entries, abortSignal), 0, stopNow);
  } catch (error) {
    if (!isUnanswered(error) && !/Throttl|TooManyRequests/.test((error as Error).name)) throw error;
    const { name, message } = error as Error;
    return batch.map(() => ({ ok: false, code: name, message, senderFault: false }));
  }
}

function readyOf({ id, body }: Archived, bus: string): Ready | PacedOutcome {
  const event = JSON.parse(body) as Record<string, string>;
  const { source = "", "detail-type": detailType = "", time = "" } = event;
  const about = { id, source, detailType, time };
  if (source.startsWith("aws."))
    return { ...about, status: "skipped", reason: "only AWS may send from a source that begins with aws." };
  const { draft } = readDraft(event);
  // Digits that JavaScript would round are kept as they stand.
  const detail = findValue(normalJson(body), [{ key: "detail" }]);
  const checked = checkDraft({ ...draft, ...(detail !== undefined && { exactDetail: detail }) });
  if ("faults" in checked) return { ...about, status: "failed", reason: checked.faults.join("; ") };
  return { about, entry: { ...checked.entry, bus }, bytes: checked.bytes };
}
