import { sliceField } from "../../event/exact.ts";
import { attributeText } from "../message.ts";
import { isObject, numberOf, type ReadKind, textOf } from "./kind.ts";

/** The dead-letter queue of an asynchronous invocation: the payload as it was, the error in three attributes. */
export const readLambda: ReadKind = (message) => {
  const errorCode = attributeText(message, "ErrorCode");
  if (attributeText(message, "RequestID") === undefined || errorCode === undefined) return undefined;
  return {
    kind: "lambda",
    payload: message.body,
    errorCode,
    errorMessage: attributeText(message, "ErrorMessage"),
  };
};

/** A failure destination, or the record of a stream's batch, which names a range of the stream and holds no payload. */
export const readLambdaDestination: ReadKind = (message, json) => {
  const context = json?.requestContext;
  if (json === undefined || !isObject(context) || typeof context.functionArn !== "string") return undefined;
  const response = isObject(json.responseContext) ? json.responseContext : {};
  const failure = isObject(json.responsePayload) ? json.responsePayload : {};
  const batch = isObject(json.KinesisBatchInfo) || isObject(json.DDBStreamBatchInfo);
  const hasPayload = !batch && json.requestPayload !== undefined;
  return {
    kind: "lambda-destination",
    payload: hasPayload ? sliceField(message.body, "requestPayload") : undefined,
    origin: context.functionArn,
    targetArn: context.functionArn,
    errorCode: textOf(response.functionError) ?? textOf(failure.errorType) ?? textOf(context.condition),
    errorMessage: textOf(failure.errorMessage),
    attempts: numberOf(context.approximateInvokeCount),
    exhausted: textOf(context.condition),
  };
};
