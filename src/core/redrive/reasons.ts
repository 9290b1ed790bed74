/** Why a delivery failed, in plain words, and what usually mends it. */
export interface Reason {
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * The codes that EventBridge writes into ERROR_CODE. AWS calls its list a sample, so an unknown code is no fault.
 * Source: EventBridge user guide, dead-letter queues; what a code means for a queue is from recorded runs.
 */
const reasons: Readonly<Record<string, Reason>> = {
  NO_PERMISSIONS: {
    meaning: "EventBridge may not call the target",
    remedy:
      "let events.amazonaws.com call it: a queue, topic or function needs a resource policy with aws:SourceArn set to the rule, other targets a role with the permission",
  },
  NO_RESOURCE: {
    meaning: "the target does not exist, or its policy does not let EventBridge see it",
    remedy:
      "check that the target exists; for a queue also its policy, because a denied send looks the same as a missing queue",
  },
  RESOURCE_ALREADY_EXISTS: {
    meaning: "the target has something of that name already",
    remedy: "such as a state machine execution: look whether the event was handled before sending it again",
  },
  RESOURCE_LIMIT_EXCEEDED: {
    meaning: "a quota of the target is used up",
    remedy: "raise the quota or wait, then redrive with --rate",
  },
  RESOURCE_MODIFICATION_COLLISION: {
    meaning: "the target was being changed at that moment",
    remedy: "redrive",
  },
  THROTTLING: {
    meaning: "the target took no more calls",
    remedy: "raise its concurrency or capacity, then redrive with --rate",
  },
  TIMEOUT: {
    meaning: "the target did not answer in time",
    remedy:
      "check the target; an API destination has 5 seconds; it may have done the work, so check before sending again",
  },
  CONNECTION_FAILURE: {
    meaning: "no connection to the target",
    remedy: "check the address, DNS and certificate of the API destination, and its connection's state",
  },
  ERROR_FROM_TARGET: {
    meaning: "the target answered with an error",
    remedy: "read the error message, mend the target, then redrive; --canary 1 tries one first",
  },
  SDK_CLIENT_ERROR: {
    meaning: "the call could not be made with what the rule says",
    remedy: "check the target's parameters in the rule",
  },
  INVALID_PARAMETER: {
    meaning: "the target refused the input",
    remedy: "check the target's parameters and what its input transformer makes of this event (evb route)",
  },
  INVALID_JSON: {
    meaning: "the input transformer made no valid JSON of this event",
    remedy: "mend the template: a field that holds an object must not stand in quotes",
  },
  FAILED_TO_ASSUME_ROLE: {
    meaning: "EventBridge could not assume the role of the target",
    remedy: "let events.amazonaws.com assume it: check that the role exists and its trust policy",
  },
  TRANSIENT_ASSUME_ROLE: {
    meaning: "the role of the target could not be assumed for a while",
    remedy: "redrive; if it comes back, check the role's trust policy",
  },
  THIRD_ACCOUNT_HOP_DETECTED: {
    meaning: "the event had come from another bus already; a bus passes it on only once",
    remedy: "send it from the first bus to this target directly; a redrive with --to bus starts afresh",
  },
  THIRD_REGION_HOP_DETECTED: {
    meaning: "the event had come from another region already; it is passed on only once",
    remedy: "send it from the first bus to this target directly",
  },
  CROSS_ACCOUNT_INGESTION_FAILED: {
    meaning: "the bus of the other account did not take the event",
    remedy: "check that bus's resource policy: it must allow events:PutEvents",
  },
  CROSS_REGION_INGESTION_FAILED: {
    meaning: "the bus of the other region did not take the event",
    remedy: "check that bus and the role of the target",
  },
  EVENTS_IN_BATCH_REQUEST_REJECTED: {
    meaning: "the target took a part of a batch only",
    remedy: "read the error message, then redrive",
  },
  INTERNAL_ERROR: { meaning: "something failed inside AWS", remedy: "redrive" },
  UNKNOWN: {
    meaning: "AWS does not say why",
    remedy: "look at the target's own log, then redrive with --canary 1",
  },
};

/** Codes of other services, by what they contain. */
const likely: readonly (readonly [RegExp, string])[] = [
  [/access.?denied|not.?authorized|forbidden/i, "NO_PERMISSIONS"],
  [/not.?found|does.?not.?exist|non.?existent/i, "NO_RESOURCE"],
  [/throttl|too.?many|rate.?exceeded/i, "THROTTLING"],
  [/time.?d?.?out/i, "TIMEOUT"],
];

/** Words for an error code; undefined for a code that says nothing. */
export function explainCode(code: string | undefined): Reason | undefined {
  if (code === undefined) return undefined;
  if (Object.hasOwn(reasons, code)) return reasons[code];
  const near = likely.find(([like]) => like.test(code));
  return near && reasons[near[1]];
}
