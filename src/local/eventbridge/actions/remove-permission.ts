import type { RemovePermissionRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { notFound } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { renderPolicy, statementsOf } from "../policy.ts";
import { flag, structure } from "../validation/shape.ts";
import { nonPartnerBusName, statementId } from "../validation/shapes.ts";

export const removePermission = {
  name: "RemovePermission",
  input: structure("RemovePermissionRequest", {
    StatementId: statementId,
    RemoveAllPermissions: flag(),
    EventBusName: nonPartnerBusName,
  }),
  run({ store, site }, { StatementId, RemoveAllPermissions, EventBusName }) {
    const bus = store.bus(EventBusName);
    const statements = statementsOf(bus.policy);
    const rest = RemoveAllPermissions
      ? []
      : statements.filter(({ Sid }) => StatementId === undefined || Sid !== StatementId);
    if (!RemoveAllPermissions && rest.length === statements.length)
      throw notFound("Statement with the provided id does not exist.");
    bus.policy = rest.length === 0 ? undefined : renderPolicy(rest);
    bus.modifiedAt = site.clock.now();
    store.buses.touch(bus.name);
    return undefined;
  },
} satisfies Operation<Wire<RemovePermissionRequest>>;
