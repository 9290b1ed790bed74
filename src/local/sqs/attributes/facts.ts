import type { Store } from "../store.ts";
import type { AttributeFacts } from "./check.ts";

/** What the attributes of the queue `name`, which may not exist yet, are checked against. */
export const attributeFacts = (store: Store, name: string, fifo: boolean): AttributeFacts => ({
  arn: store.arnOf(name),
  fifo,
  present: store.byName(name)?.values ?? new Map(),
  creating: false,
  findQueue(arn) {
    const queue = store.byArn(arn);
    return queue === undefined
      ? undefined
      : { fifo: queue.origin.fifo, redriveAllowPolicy: queue.values.get("RedriveAllowPolicy") };
  },
});
