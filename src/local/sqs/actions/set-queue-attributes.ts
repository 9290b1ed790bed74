import type { SetQueueAttributesCommandInput } from "@aws-sdk/client-sqs";
import { checkAttributes } from "../attributes/check.ts";
import { attributeFacts } from "../attributes/facts.ts";
import { demand } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";

export const setQueueAttributes = {
  name: "SetQueueAttributes",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const attributes = demand(input.Attributes, "Attributes");
    checkAttributes(attributes, attributeFacts(context.store, queue.origin.name, queue.origin.fifo));
    queue.setAttributes(attributes);
    return undefined;
  },
} satisfies Operation<SetQueueAttributesCommandInput>;
