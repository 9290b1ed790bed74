import { ServiceFault } from "../fault.ts";

const legacy = "AWS.SimpleQueueService.";

/**
 * Errors of the model: the code that clients of the query protocol know, and the HTTP status. A code that is not here
 * is one that the model does not name; it goes by its own name with status 400.
 */
const modelled: Readonly<Record<string, readonly [query: string, status: number]>> = {
  BatchEntryIdsNotDistinct: [`${legacy}BatchEntryIdsNotDistinct`, 400],
  BatchRequestTooLong: [`${legacy}BatchRequestTooLong`, 400],
  EmptyBatchRequest: [`${legacy}EmptyBatchRequest`, 400],
  InvalidAddress: ["InvalidAddress", 404],
  InvalidAttributeName: ["InvalidAttributeName", 400],
  InvalidAttributeValue: ["InvalidAttributeValue", 400],
  InvalidBatchEntryId: [`${legacy}InvalidBatchEntryId`, 400],
  InvalidMessageContents: ["InvalidMessageContents", 400],
  MessageNotInflight: [`${legacy}MessageNotInflight`, 400],
  OverLimit: ["OverLimit", 403],
  PurgeQueueInProgress: [`${legacy}PurgeQueueInProgress`, 403],
  QueueDeletedRecently: [`${legacy}QueueDeletedRecently`, 400],
  QueueDoesNotExist: [`${legacy}NonExistentQueue`, 400],
  QueueNameExists: ["QueueAlreadyExists", 400],
  ReceiptHandleIsInvalid: ["ReceiptHandleIsInvalid", 404],
  RequestThrottled: ["RequestThrottled", 403],
  ResourceNotFoundException: ["ResourceNotFoundException", 404],
  TooManyEntriesInBatchRequest: [`${legacy}TooManyEntriesInBatchRequest`, 400],
  UnsupportedOperation: [`${legacy}UnsupportedOperation`, 400],
};

const unmodelled: Readonly<Record<string, string>> = {
  InvalidParameterValueException: "InvalidParameterValue",
  MissingRequiredParameterException: "MissingParameter",
  AccessDeniedException: "AccessDenied",
};

/** An error of SQS by its name in the JSON protocol. */
export function sqsFault(code: string, message: string): ServiceFault {
  const [query, status] = modelled[code] ?? [unmodelled[code] ?? code, 400];
  return new ServiceFault(code, message, status, query);
}

/** What stands before the code in `__type`. */
export const errorPrefix = (code: string): string =>
  code in modelled ? "com.amazonaws.sqs#" : "com.amazon.coral.service#";

export const queueMissing = () => sqsFault("QueueDoesNotExist", "The specified queue does not exist.");
export const invalid = (message: string) => sqsFault("InvalidParameterValueException", message);
export const invalidValue = (value: unknown, parameter: string, reason: string) =>
  invalid(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
export const missing = (parameter: string) =>
  sqsFault("MissingRequiredParameterException", `The request must contain the parameter ${parameter}.`);
export const unknownAttribute = (name: string) =>
  sqsFault("InvalidAttributeName", `Unknown Attribute ${name}.`);
export const badAttribute = (name: string, reason?: string) =>
  sqsFault(
    "InvalidAttributeValue",
    `Invalid value for the parameter ${name}.${reason === undefined ? "" : ` Reason: ${reason}`}`,
  );
export const notFound = (parameter: string) =>
  sqsFault(
    "ResourceNotFoundException",
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  );

/** The value, or the error that the parameter is missing; an empty text counts as missing. */
export function demand<T>(value: T | undefined | null, parameter: string): T {
  if (value === undefined || value === null || value === "") throw missing(parameter);
  return value;
}
