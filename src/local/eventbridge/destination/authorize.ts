import type { Site } from "../../ports.ts";
import type { Store } from "../store.ts";
import type { Connection } from "./connection.ts";
import { callHttp, type HttpAnswer } from "./http.ts";

/** Somebody took the connection's credentials away: nothing comes of trying again. */
export class Deauthorized extends Error {}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/**
 * The headers that a connection adds to a call. For OAuth the token is fetched first, unless one still holds. Throws
 * when the authorization server gives none.
 */
export async function authorize(
  site: Site,
  store: Store,
  connection: Connection,
): Promise<Record<string, string>> {
  if (connection.state === "DEAUTHORIZED" && connection.stateReason === undefined)
    throw new Deauthorized(`Connection ${connection.name} is deauthorized.`);
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key } = connection.auth;
  if (connection.type === "BASIC")
    return { authorization: `Basic ${base64(`${basic?.Username}:${basic?.Password}`)}` };
  if (connection.type === "API_KEY") return { [key!.ApiKeyName!]: key!.ApiKeyValue! };
  if (connection.token === undefined || connection.token.until <= site.clock.now())
    await fetchToken(site, store, connection);
  return { authorization: connection.token!.header };
}

/** Asks for a token and keeps the connection's state. Throws when it gets none. */
export async function fetchToken(site: Site, store: Store, connection: Connection): Promise<void> {
  try {
    connection.token = parseToken(await askForToken(site, connection), site.clock.now());
    connection.state = "AUTHORIZED";
    connection.stateReason = undefined;
    connection.authorizedAt = site.clock.now();
  } catch (error) {
    connection.token = undefined;
    connection.state = "DEAUTHORIZED";
    connection.stateReason = (error as Error).message;
    throw error;
  } finally {
    // It may have been deleted meanwhile.
    if (store.connections.get(connection.name) === connection) store.connections.touch(connection.name);
  }
}

/** Client credentials of RFC 6749: the client names itself by basic authentication, the rest is a form. */
function askForToken(site: Site, { auth }: Connection): Promise<HttpAnswer> {
  const oauth = auth.OAuthParameters!;
  const { ClientID, ClientSecret } = oauth.ClientParameters!;
  const {
    HeaderParameters = [],
    QueryStringParameters = [],
    BodyParameters = [],
  } = oauth.OAuthHttpParameters ?? {};
  const url = new URL(oauth.AuthorizationEndpoint!);
  for (const { Key, Value } of QueryStringParameters) url.searchParams.set(Key!, Value ?? "");
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  for (const { Key, Value } of BodyParameters) form.set(Key!, Value ?? "");
  const isGet = oauth.HttpMethod === "GET";
  if (isGet) for (const [key, value] of form) url.searchParams.set(key, value);
  return callHttp(site.clock, {
    method: oauth.HttpMethod!,
    url,
    headers: {
      authorization: `Basic ${base64(`${ClientID}:${ClientSecret}`)}`,
      accept: "application/json",
      ...(isGet ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      ...Object.fromEntries(HeaderParameters.map(({ Key, Value }) => [Key!.toLowerCase(), Value ?? ""])),
    },
    body: isGet ? undefined : form.toString(),
  });
}

/** How long a token holds that does not say so. */
const unsaidSeconds = 3600;

function parseToken({ status, text }: HttpAnswer, now: number): NonNullable<Connection["token"]> {
  if (status < 200 || status > 299) throw new Error(`the authorization endpoint answered ${status}`);
  const answer = parseObject(text);
  if (typeof answer.access_token !== "string")
    throw new Error("the authorization endpoint answered without an access_token");
  const type = typeof answer.token_type === "string" ? answer.token_type : "Bearer";
  const seconds = typeof answer.expires_in === "number" ? answer.expires_in : unsaidSeconds;
  return {
    header: `${type.toLowerCase() === "bearer" ? "Bearer" : type} ${answer.access_token}`,
    until: now + seconds * 1000,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw new Error("the authorization endpoint answered no JSON");
  }
}
