import type { ListConnectionsRequest, ListConnectionsResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { connectionName, connectionState } from "../validation/connection-shapes.ts";
import { structure } from "../validation/shape.ts";
import { nextToken, pageLimit } from "../validation/shapes.ts";
import { changedConnection, lastAuthorized } from "./connection.ts";

export const listConnections = {
  name: "ListConnections",
  input: structure("ListConnectionsRequest", {
    NamePrefix: connectionName,
    ConnectionState: connectionState,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run({ store }, input) {
    const connections = [...store.connections.values()].filter(
      ({ name, state }) =>
        name.startsWith(input.NamePrefix ?? "") &&
        (input.ConnectionState === undefined || state === input.ConnectionState),
    );
    const { items, next } = page(connections, ({ name }) => name, input);
    const Connections = items.map((connection) => ({
      ...changedConnection(connection),
      ...lastAuthorized(connection),
      Name: connection.name,
      StateReason: connection.stateReason,
      AuthorizationType: connection.type,
    }));
    return { Connections, NextToken: next };
  },
} satisfies Operation<Wire<ListConnectionsRequest>, Wire<ListConnectionsResponse>>;
