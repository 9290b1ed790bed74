import type {
  CreatePartnerEventSourceRequest,
  CreatePartnerEventSourceResponse,
} from "@aws-sdk/client-eventbridge";
import { renderArn } from "../../../core/arn.ts";
import type { Wire } from "../../wire.ts";
import { alreadyExists } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { customer, sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";

/** What a partner does for a customer. It stays PENDING until the customer makes a bus of it. */
export const createPartnerEventSource = {
  name: "CreatePartnerEventSource",
  input: structure("CreatePartnerEventSourceRequest", {
    Name: required(sourceName),
    Account: required(customer),
  }),
  run({ site, store }, { Name, Account }) {
    const name = Name!;
    if (store.sources.has(name)) throw alreadyExists(`Event source ${name} already exists.`);
    const arn = renderArn({ ...site, account: "" }, "events", `event-source/${name}`);
    store.sources.set(name, {
      name,
      arn,
      account: Account!,
      createdAt: site.clock.now(),
      state: "PENDING",
    });
    return { EventSourceArn: arn };
  },
} satisfies Operation<Wire<CreatePartnerEventSourceRequest>, Wire<CreatePartnerEventSourceResponse>>;
