import type { DescribeConnectionRequest, DescribeConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { withoutSecrets } from "../destination/secrets.ts";
import type { Operation } from "../operation.ts";
import { connectionName } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { changedConnection, connectionOf, lastAuthorized } from "./connection.ts";

export const describeConnection = {
  name: "DescribeConnection",
  input: structure("DescribeConnectionRequest", { Name: required(connectionName) }),
  run(context, { Name }) {
    const connection = connectionOf(context, Name!, "describe");
    return {
      ...changedConnection(connection),
      ...lastAuthorized(connection),
      Name: connection.name,
      Description: connection.description,
      StateReason: connection.stateReason,
      AuthorizationType: connection.type,
      SecretArn: connection.secretArn,
      KmsKeyIdentifier: connection.kmsKey,
      AuthParameters: withoutSecrets(connection.auth),
    };
  },
} satisfies Operation<Wire<DescribeConnectionRequest>, Wire<DescribeConnectionResponse>>;
