import { EvbError } from "../core/errors.ts";
import { busLimits } from "../core/limits.ts";
import type { TailSetup } from "../core/tail/setup.ts";
import type { FoundBus } from "./bus.ts";

/** Refusals of a set-up that AWS's own words do not explain; `undefined` for all others. */
export function setupFault(error: unknown, bus: FoundBus, setup: TailSetup): EvbError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "LimitExceededException") return quotaFault(error, bus, setup);
  if (/^(KMS\.|Kms)/i.test(error.name) || /\bkms\b/i.test(error.message)) return keyFault(error, setup);
  return undefined;
}

/** The queue is made in the account of the credentials; rule, bus and queue have to share one. */
export function demandAccount(queueUrl: string, { name, home }: FoundBus): void {
  const account = /\/(\d{12})\/[^/]+$/.exec(queueUrl)?.[1];
  if (account === undefined || account === home.account) return;
  throw new EvbError(
    "NOT_SUPPORTED",
    `event bus ${name} belongs to account ${home.account}, the credentials to ${account}`,
    [
      `use credentials of account ${home.account}: --profile or AWS_PROFILE`,
      "or tail a bus of your own that a rule there sends the events to",
    ],
  );
}

function quotaFault(error: Error, { name }: FoundBus, { rule }: TailSetup): EvbError {
  const wildcard = rule.EventPattern.includes('"wildcard"')
    ? [
        `a bus takes ${busLimits.wildcardRulesPerBus} rules with wildcards: a pattern without one may still find room`,
      ]
    : [];
  return new EvbError(
    "AWS_REFUSED",
    `event bus ${name} takes no further rule: ${error.message}`,
    [
      "evb gc removes what crashed tails left behind",
      ...wildcard,
      `the quota "rules per event bus" (${busLimits.rulesPerBus} unless raised) can be raised in Service Quotas`,
    ],
    error,
  );
}

function keyFault(error: Error, { queue }: TailSetup): EvbError {
  const key = queue?.attributes.KmsMasterKeyId;
  const operation = (error as { operation?: string }).operation ?? "CreateQueue";
  return new EvbError(
    "AWS_REFUSED",
    `${operation}: ${error.message}`,
    key === undefined
      ? ["where a policy of the account asks for encryption with a key, name one with --kms-key"]
      : [
          `the caller needs kms:Decrypt on ${key}, and the key has to be enabled and of this region`,
          "its key policy has to let events.amazonaws.com do kms:Decrypt and kms:GenerateDataKey",
        ],
    error,
  );
}
