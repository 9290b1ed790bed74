/** A call that was carried out. */
export interface Accepted {
  /** The id that the service gave. */
  readonly id: string;
  /** An earlier try of the same call ended without an answer, so it may have been carried out twice. */
  readonly inDoubt: boolean;
}

/** What came of one item of a batch call. */
export type ItemResult =
  | {
      readonly ok: true;
      /** The id that the service gave: message id, event id; empty where it gives none. */
      readonly id: string;
      /** An earlier try of the same call ended without an answer, so the item may have arrived twice. */
      readonly inDoubt: boolean;
    }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      /** The service blames the request; trying again will not help. */
      readonly senderFault: boolean;
    };

interface BatchAnswer {
  readonly Successful?:
    | readonly { readonly Id?: string | undefined; readonly MessageId?: string | undefined }[]
    | undefined;
  readonly Failed?:
    | readonly {
        readonly Id?: string | undefined;
        readonly Code?: string | undefined;
        readonly Message?: string | undefined;
        readonly SenderFault?: boolean | undefined;
      }[]
    | undefined;
}

/** The answer of an SQS batch call as one result an entry. Entry ids are the indices. */
export function itemResults(count: number, answer: BatchAnswer, inDoubt = false): ItemResult[] {
  // An entry that the answer forgets has not been acknowledged.
  const results: ItemResult[] = Array.from({ length: count }, () => ({
    ok: false,
    code: "NoResult",
    message: "the answer does not mention the entry",
    senderFault: false,
  }));
  for (const { Id, MessageId } of answer.Successful ?? [])
    results[Number(Id)] = { ok: true, id: MessageId ?? "", inDoubt };
  for (const { Id, Code, Message, SenderFault } of answer.Failed ?? [])
    results[Number(Id)] = {
      ok: false,
      code: Code ?? "Unknown",
      message: Message ?? "",
      senderFault: SenderFault ?? false,
    };
  return results;
}

/** Just enough of a command's middleware stack. */
interface Stack {
  // biome-ignore lint/suspicious/noExplicitAny: each command types its own stack.
  add(middleware: any, options: any): void;
}

/**
 * The SDK tries a call again when no answer or a 5xx came; then it may have been carried out twice. Watches the tries
 * of one command; the result says whether one of them ended so.
 */
export function watchDoubt(stack: Stack): () => boolean {
  let doubt = false;
  stack.add(
    (next: (args: unknown) => Promise<unknown>) => async (args: unknown) => {
      try {
        return await next(args);
      } catch (error) {
        doubt ||= isUnanswered(error);
        throw error;
      }
    },
    { step: "deserialize", name: "evbDoubt", priority: "high" },
  );
  return () => doubt;
}

/** The call may have been carried out although it failed: no answer, or an answer of the 5xx kind. */
export function isUnanswered(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === undefined || status >= 500;
}
