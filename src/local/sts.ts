import type { Action, Service, Site } from "./ports.ts";
import { record, text } from "./protocol/shape.ts";

/** AWS STS, as far as tools use it to find out who they are: whoever asks is the account's root user. */
export function openStsService({ account, partition }: Site): Service {
  const getCallerIdentity: Action = () => ({
    UserId: account,
    Account: account,
    Arn: `arn:${partition}:iam::${account}:root`,
  });
  return {
    target: "AWSSecurityTokenServiceV20110615",
    contentType: "application/x-amz-json-1.1",
    errorPrefix: () => "",
    actions: new Map([["GetCallerIdentity", getCallerIdentity]]),
    query: {
      version: "2011-06-15",
      namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
      outputs: { GetCallerIdentity: record({ Arn: text, UserId: text, Account: text }) },
    },
    reset() {},
  };
}
