import type { ApiDestinationHttpMethod } from "@aws-sdk/client-eventbridge";
import type { Tokens } from "./tokens.ts";

export interface Destination {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  connectionArn: string;
  endpoint: string;
  method: ApiDestinationHttpMethod;
  callsPerSecond: number;
  readonly createdAt: number;
  modifiedAt: number;
  pace: Tokens;
}
