import { parseArn, renderArn } from "../arn.ts";
import type { Entry } from "../event/entry.ts";
import { type RelayRoute, relay } from "./relay.ts";

/**
 * The temporary bus of a run and its queue. Every rule of the bus has two targets: the copy of the deployed one, whose
 * failures go to the queue, and the queue itself, which so gets a receipt of each event. A receipt says that the rule
 * was in force, that it took the event, and that the queue would have taken a failure.
 */
export const relayTargets = { copy: "target", receipt: "receipt" } as const;

/** Seconds after which EventBridge gives an event up. Source: service model, RetryPolicy (the least that is allowed). */
export const relayAgeSeconds = 60;
/** What comes back for certain comes back within this: the age, and a while for the failure to be written. */
export const defaultWatchMs = 75e3;

/** Failures are read within minutes; after a crash a person may want to look. */
const retentionSeconds = 86_400;

export function planRelayQueue(busArnText: string, name: string) {
  const home = parseArn(busArnText)!;
  const queueArn = renderArn(home, "sqs", name);
  return {
    queueArn,
    attributes: {
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "EventsToRedrive",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            Condition: { ArnLike: { "aws:SourceArn": renderArn(home, "events", `rule/${name}/*`) } },
          },
        ],
      }),
      MessageRetentionPeriod: String(retentionSeconds),
      VisibilityTimeout: "60",
    },
  };
}

export interface RelayRule {
  readonly rule: {
    readonly Name: string;
    readonly EventBusName: string;
    readonly EventPattern: string;
    readonly Description: string;
  };
  readonly targets: readonly ({ readonly Id: string; readonly Arn: string } & Readonly<
    Record<string, unknown>
  >)[];
}

/** The rule of one route, numbered within its bus. `retries` are those of the copied target. */
export function planRelayRule(
  name: string,
  number: number,
  route: RelayRoute,
  queueArn: string,
  retries: number,
): RelayRule {
  return {
    rule: {
      Name: `${name}-${number}`,
      EventBusName: name,
      EventPattern: JSON.stringify({ source: [relay.source], "detail-type": [detailType(number)] }),
      Description: "temporary, made by evb dlq redrive; evb gc removes it once it has expired",
    },
    targets: [
      {
        ...(route.target as { Arn: string }),
        Id: relayTargets.copy,
        InputPath: relay.inputPath,
        DeadLetterConfig: { Arn: queueArn },
        RetryPolicy: { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: relayAgeSeconds },
      },
      { Id: relayTargets.receipt, Arn: queueArn, InputPath: relay.messagePath },
    ],
  };
}

const detailType = (number: number): string => `evb redrive ${number}`;

export const relayEntry = (
  bus: string,
  number: number,
  detail: string,
  traceHeader: string | undefined,
): Entry => ({
  source: relay.source,
  detailType: detailType(number),
  detail,
  resources: [],
  bus,
  traceHeader,
});

/** What a message of the temporary queue says about one that was sent. */
export type RelayNews =
  | { readonly kind: "receipt"; readonly messageId: string }
  | { readonly kind: "failure"; readonly messageId: string; readonly code: string; readonly message: string };

/** `undefined` for what is neither a receipt nor a failure of ours. */
export function parseRelayNews(
  body: string,
  attribute: (name: string) => string | undefined,
): RelayNews | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof json === "string") return { kind: "receipt", messageId: json };
  const messageId = (json as { detail?: { message?: unknown } } | null)?.detail?.message;
  if (typeof messageId !== "string") return undefined;
  return {
    kind: "failure",
    messageId,
    code: attribute("ERROR_CODE") ?? "UNKNOWN",
    message: attribute("ERROR_MESSAGE") ?? "",
  };
}
