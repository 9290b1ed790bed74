import { isObject, type ReadKind, textOf } from "./kind.ts";

/**
 * A subscription that does not deliver raw. SNS itself names no error; a Lambda function whose dead letters go to a
 * topic puts its three attributes inside the envelope.
 */
export const readSns: ReadKind = (_message, json) => {
  if (json?.Type !== "Notification" || typeof json.TopicArn !== "string") return undefined;
  const attributes = isObject(json.MessageAttributes) ? json.MessageAttributes : {};
  const value = (name: string) => {
    const attribute = attributes[name];
    return isObject(attribute) ? textOf(attribute.Value) : undefined;
  };
  const payload = textOf(json.Message);
  return {
    kind: "sns",
    payload,
    origin: json.TopicArn,
    errorCode: value("ErrorCode"),
    errorMessage: value("ErrorMessage"),
    broken: payload === undefined ? "the notification has no Message" : undefined,
  };
};
