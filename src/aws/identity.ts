import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { type Credentials, Signer } from "./lean/sign.ts";

export interface Identity {
  readonly account: string;
  /** Who the credentials belong to. */
  readonly arn: string;
}

const patienceMs = 5000;

/**
 * STS's GetCallerIdentity, which needs no permission, with the credentials and region of an EventBridge client. Throws
 * STS's own code and words. One call is not worth the SDK's client for STS.
 */
export async function callerIdentity(
  events: EventBridgeClient,
  endpoint: string | undefined,
  now: number,
): Promise<Identity> {
  const region = await events.config.region();
  const credentials: Credentials = await events.config.credentials();
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const url = new URL(endpoint ?? `https://sts.${region}.${suffix}`);
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const { host, ...signed } = new Signer({ region, service: "sts" }).sign(
    url.pathname,
    { ...headers, host: url.host },
    body,
    credentials,
    now,
  );
  const answer = await fetch(url, {
    method: "POST",
    headers: signed,
    body,
    signal: AbortSignal.timeout(patienceMs),
  }).catch((error: Error & { cause?: { code?: string } }) => {
    const why = error.cause?.code ?? error.name;
    throw refusal("NotReached", `no answer from ${url.host} (${why})`);
  });
  const text = await answer.text();
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  if (!answer.ok) throw refusal(field("Code") ?? `HTTP ${answer.status}`, field("Message") ?? "");
  return { account: field("Account") ?? "", arn: field("Arn") ?? "" };
}

const refusal = (name: string, message: string): Error => Object.assign(new Error(message), { name });
