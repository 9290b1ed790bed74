import type { DeletePartnerEventSourceRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { customer, sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";

/** Deleting what is not there succeeds. The customer's bus stays, and gets no more events. */
export const deletePartnerEventSource = {
  name: "DeletePartnerEventSource",
  input: structure("DeletePartnerEventSourceRequest", {
    Name: required(sourceName),
    Account: required(customer),
  }),
  run({ store }, { Name, Account }) {
    if (store.sources.get(Name!)?.account === Account) store.sources.delete(Name!);
    return undefined;
  },
} satisfies Operation<Wire<DeletePartnerEventSourceRequest>>;
