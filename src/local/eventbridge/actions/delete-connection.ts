import type { DeleteConnectionRequest, DeleteConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { connectionName } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { changedConnection, connectionOf, lastAuthorized } from "./connection.ts";

export const deleteConnection = {
  name: "DeleteConnection",
  input: structure("DeleteConnectionRequest", { Name: required(connectionName) }),
  run(context, { Name }) {
    const connection = connectionOf(context, Name!, "delete");
    context.store.connections.delete(connection.name);
    connection.state = "DELETING";
    return { ...changedConnection(connection), ...lastAuthorized(connection) };
  },
} satisfies Operation<Wire<DeleteConnectionRequest>, Wire<DeleteConnectionResponse>>;
