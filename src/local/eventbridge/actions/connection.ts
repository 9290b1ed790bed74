import type {
  CreateConnectionAuthRequestParameters,
  CreateConnectionResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { fetchToken } from "../destination/authorize.ts";
import type { Connection } from "../destination/connection.ts";
import { isEndpoint } from "../destination/endpoint.ts";
import { invalid, notFound } from "../faults.ts";
import type { Context } from "../operation.ts";
import { seconds } from "../time.ts";

/** The connection of a name; `verb` is a part of AWS's refusal (recorded for describe in December 2024). */
export function connectionOf({ store }: Context, name: string, verb: string): Connection {
  const connection = store.connections.get(name);
  if (connection === undefined)
    throw notFound(`Failed to ${verb} the connection(s). Connection '${name}' does not exist.`);
  return connection;
}

/** What all changes of a connection answer. */
export const changedConnection = (connection: Connection) =>
  ({
    ConnectionArn: connection.arn,
    ConnectionState: connection.state,
    CreationTime: seconds(connection.createdAt),
    LastModifiedTime: seconds(connection.modifiedAt),
  }) satisfies Wire<CreateConnectionResponse>;

export const lastAuthorized = ({ authorizedAt }: Connection) => ({
  LastAuthorizedTime: authorizedAt === undefined ? undefined : seconds(authorizedAt),
});

const blocks = {
  BASIC: "BasicAuthParameters",
  API_KEY: "ApiKeyAuthParameters",
  OAUTH_CLIENT_CREDENTIALS: "OAuthParameters",
} as const;

/** The parameters have to fit the type. Texts measured in September 2026. */
export function demandAuth(
  type: keyof typeof blocks,
  auth: Wire<CreateConnectionAuthRequestParameters>,
): void {
  if (auth[blocks[type]] === undefined)
    throw invalid(`Parameter ${blocks[type]} is not valid. Reason: Missing required field(s).`);
  const endpoint = auth.OAuthParameters?.AuthorizationEndpoint;
  if (endpoint !== undefined && !isEndpoint(endpoint))
    throw invalid("Parameter AuthorizationEndpoint is not valid.");
}

/** Brings a connection to its first or next state. A token is fetched in the background, as on AWS. */
export function beginAuthorization({ site, store }: Context, connection: Connection): void {
  connection.token = undefined;
  connection.stateReason = undefined;
  if (connection.type !== "OAUTH_CLIENT_CREDENTIALS") {
    connection.state = "AUTHORIZED";
    connection.authorizedAt = site.clock.now();
    return;
  }
  connection.state = "AUTHORIZING";
  fetchToken(site, store, connection).catch((error: Error) =>
    site.log(`connection ${connection.name} is not authorized: ${error.message}`),
  );
}
