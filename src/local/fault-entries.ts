import type { Act } from "./fault-ending.ts";
import type { FaultKind } from "./faults.ts";
import type { Exchange } from "./protocol/exchange.ts";

type FailEntries = Extract<FaultKind, { kind: "fail-entries" }>;
type Fields = Record<string, unknown>;
interface Failure {
  readonly code: string;
  readonly message: string;
}

/** How a batch operation names its entries, and says which failed. */
interface Batch {
  readonly list: string;
  /** The answer when nothing is left to do. */
  readonly empty: () => Fields;
  /** Writes a failed entry, which stood at `place`, into the answer. Called in the order of places. */
  readonly fail: (output: Fields, place: number, entry: unknown, failure: Failure) => void;
}

const ofQueue: Batch = {
  list: "Entries",
  empty: () => ({ Successful: [], Failed: [] }),
  fail(output, _place, entry, { code, message }) {
    const { Id } = entry as Fields;
    (output.Failed as Fields[]).push({ Id, SenderFault: false, Code: code, Message: message });
  },
};

const ofTargets = (list: string, idOf: (entry: unknown) => unknown): Batch => ({
  list,
  empty: () => ({ FailedEntryCount: 0, FailedEntries: [] }),
  fail(output, _place, entry, { code, message }) {
    (output.FailedEntries as Fields[]).push({
      TargetId: idOf(entry),
      ErrorCode: code,
      ErrorMessage: message,
    });
    output.FailedEntryCount = Number(output.FailedEntryCount) + 1;
  },
});

const ofEvents: Batch = {
  list: "Entries",
  empty: () => ({ FailedEntryCount: 0, Entries: [] }),
  fail(output, place, _entry, { code, message }) {
    (output.Entries as Fields[]).splice(place, 0, { ErrorCode: code, ErrorMessage: message });
    output.FailedEntryCount = Number(output.FailedEntryCount) + 1;
  },
};

const batches: Readonly<Record<string, Batch>> = {
  SendMessageBatch: ofQueue,
  DeleteMessageBatch: ofQueue,
  ChangeMessageVisibilityBatch: ofQueue,
  PutEvents: ofEvents,
  PutPartnerEvents: ofEvents,
  PutTargets: ofTargets("Targets", (entry) => (entry as Fields).Id),
  RemoveTargets: ofTargets("Ids", (id) => id),
};

/** Operations of which some entries can fail. */
export const batchOperations: readonly string[] = Object.keys(batches);

/** The output of a batch of which some entries fail on purpose; an operation without entries is done as always. */
export async function failEntries(
  fault: FailEntries,
  { operation, input }: Exchange,
  act: Act,
): Promise<object | undefined> {
  const batch = batches[operation];
  const entries = batch === undefined ? undefined : (input as Fields)[batch.list];
  if (batch === undefined || !Array.isArray(entries)) return act(input);
  const failing = new Set(fault.entries);
  const rest = entries.filter((_entry, place) => !failing.has(place));
  const output = (
    rest.length === 0 ? batch.empty() : { ...(await act({ ...input, [batch.list]: rest })) }
  ) as Fields;
  const failure = {
    code: fault.code ?? "InternalFailure",
    message: fault.message ?? "An error made on purpose.",
  };
  entries.forEach((entry, place) => {
    if (failing.has(place)) batch.fail(output, place, entry, failure);
  });
  return output;
}
