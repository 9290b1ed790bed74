import type { CreateConnectionRequest, CreateConnectionResponse } from "@aws-sdk/client-eventbridge";
import { renderArn } from "../../../core/arn.ts";
import { destinationLimits } from "../../../core/limits.ts";
import { uuidFrom } from "../../ids.ts";
import type { Wire } from "../../wire.ts";
import type { Connection } from "../destination/connection.ts";
import { alreadyExists, overLimit } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { authorizationType, authParameters } from "../validation/connection-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { kmsKey, lineOfDescription, namedUpTo } from "../validation/shapes.ts";
import { beginAuthorization, changedConnection, demandAuth } from "./connection.ts";

export const createConnection = {
  name: "CreateConnection",
  input: structure("CreateConnectionRequest", {
    Name: required(namedUpTo(destinationLimits.nameChars)),
    Description: lineOfDescription,
    AuthorizationType: required(authorizationType),
    AuthParameters: required(authParameters),
    KmsKeyIdentifier: kmsKey,
  }),
  run(context, input) {
    const { store, site } = context;
    const name = input.Name!;
    demandAuth(input.AuthorizationType!, input.AuthParameters!);
    if (store.connections.has(name)) throw alreadyExists(`Connection ${name} already exists.`);
    if (store.connections.size >= destinationLimits.connections) throw overLimit();
    const now = site.clock.now();
    const id = uuidFrom(site.random);
    const connection: Connection = {
      name,
      arn: renderArn(site, "events", `connection/${name}/${id}`),
      secretArn: renderArn(
        site,
        "secretsmanager",
        `secret:events!connection/${name}/${uuidFrom(site.random)}-${id.slice(-6)}`,
      ),
      description: input.Description,
      kmsKey: input.KmsKeyIdentifier || undefined,
      type: input.AuthorizationType!,
      auth: input.AuthParameters!,
      state: "CREATING",
      stateReason: undefined,
      createdAt: now,
      modifiedAt: now,
      authorizedAt: undefined,
      token: undefined,
    };
    store.connections.set(name, connection);
    beginAuthorization(context, connection);
    return changedConnection(connection);
  },
} satisfies Operation<Wire<CreateConnectionRequest>, Wire<CreateConnectionResponse>>;
