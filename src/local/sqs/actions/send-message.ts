import type { SendMessageCommandInput, SendMessageCommandOutput } from "@aws-sdk/client-sqs";
import { contentOf, sizeOf } from "../content.ts";
import { invalid } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";
import { send } from "../send.ts";
import { renderSent } from "../sent.ts";

export const sendMessage = {
  name: "SendMessage",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const content = contentOf(input, queue);
    if (sizeOf(content.body, content.attributes) > queue.settings.maxBytes)
      throw invalid(
        `One or more parameters are invalid. Reason: Message must be shorter than ${queue.settings.maxBytes} bytes.`,
      );
    return renderSent(content, send(context.site, queue, content, input.DelaySeconds));
  },
} satisfies Operation<SendMessageCommandInput, SendMessageCommandOutput>;
