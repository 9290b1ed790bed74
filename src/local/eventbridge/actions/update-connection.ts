import type { UpdateConnectionRequest, UpdateConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { mergeAuth } from "../destination/merge-auth.ts";
import type { Operation } from "../operation.ts";
import { authorizationType, changedAuthParameters, connectionName } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { kmsKey, lineOfDescription } from "../validation/shapes.ts";
import {
  beginAuthorization,
  changedConnection,
  connectionOf,
  demandAuth,
  lastAuthorized,
} from "./connection.ts";

/** Changes what is given, and authorizes anew. */
export const updateConnection = {
  name: "UpdateConnection",
  input: structure("UpdateConnectionRequest", {
    Name: required(connectionName),
    Description: lineOfDescription,
    AuthorizationType: authorizationType,
    AuthParameters: changedAuthParameters,
    KmsKeyIdentifier: kmsKey,
  }),
  run(context, input) {
    const connection = connectionOf(context, input.Name!, "update");
    const type = input.AuthorizationType ?? connection.type;
    const auth = mergeAuth(connection.auth, input.AuthParameters ?? {});
    demandAuth(type, auth);
    connection.type = type;
    connection.auth = auth;
    connection.description = input.Description ?? connection.description;
    connection.kmsKey = input.KmsKeyIdentifier ?? connection.kmsKey;
    connection.modifiedAt = context.site.clock.now();
    context.store.connections.touch(connection.name);
    beginAuthorization(context, connection);
    return { ...changedConnection(connection), ...lastAuthorized(connection) };
  },
} satisfies Operation<Wire<UpdateConnectionRequest>, Wire<UpdateConnectionResponse>>;
