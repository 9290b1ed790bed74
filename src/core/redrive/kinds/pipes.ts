import { isObject, type ReadKind, textOf } from "./kind.ts";

const sources = ["KinesisBatchInfo", "DDBStreamBatchInfo"];

/** A pipe from a stream: the range of the stream that failed, without its records. */
export const readPipes: ReadKind = (_message, json) => {
  if (json === undefined || !sources.some((name) => isObject(json[name]))) return undefined;
  const context = isObject(json.context)
    ? json.context
    : isObject(json.requestContext)
      ? json.requestContext
      : {};
  return {
    kind: "pipes",
    origin: textOf(context.partnerResourceArn) ?? textOf(context.pipeArn),
    errorCode: textOf(context.condition),
  };
};
