import type {
  ConnectionAuthorizationType,
  ConnectionState,
  CreateConnectionAuthRequestParameters,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";

/** With its secrets, which no answer shows. */
export interface Connection {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  description: string | undefined;
  kmsKey: string | undefined;
  type: ConnectionAuthorizationType;
  auth: Wire<CreateConnectionAuthRequestParameters>;
  state: ConnectionState;
  stateReason: string | undefined;
  readonly createdAt: number;
  modifiedAt: number;
  authorizedAt: number | undefined;
  /** Of OAuth: what the authorization server gave, and until when (milliseconds) it holds. */
  token: { readonly header: string; readonly until: number } | undefined;
}
