import type {
  DeauthorizeConnectionRequest,
  DeauthorizeConnectionResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { connectionName } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { changedConnection, connectionOf, lastAuthorized } from "./connection.ts";

/** Forgets the credentials: calls fail until the connection is updated with new ones. */
export const deauthorizeConnection = {
  name: "DeauthorizeConnection",
  input: structure("DeauthorizeConnectionRequest", { Name: required(connectionName) }),
  run(context, { Name }) {
    const connection = connectionOf(context, Name!, "deauthorize");
    connection.token = undefined;
    connection.state = "DEAUTHORIZED";
    connection.modifiedAt = context.site.clock.now();
    context.store.connections.touch(connection.name);
    return { ...changedConnection(connection), ...lastAuthorized(connection) };
  },
} satisfies Operation<Wire<DeauthorizeConnectionRequest>, Wire<DeauthorizeConnectionResponse>>;
