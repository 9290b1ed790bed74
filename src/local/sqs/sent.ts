import type { Sent } from "./dedup.ts";
import { md5, md5OfAttributes } from "./md5.ts";
import type { Content } from "./message.ts";

/** What a sender is told: ids, and digests of what arrived. */
export const renderSent = ({ body, attributes, traceHeader }: Content, { messageId, sequence }: Sent) => ({
  MessageId: messageId,
  MD5OfMessageBody: md5(body),
  ...(attributes === undefined ? {} : { MD5OfMessageAttributes: md5OfAttributes(attributes) }),
  ...(traceHeader === undefined
    ? {}
    : {
        MD5OfMessageSystemAttributes: md5OfAttributes({
          AWSTraceHeader: { DataType: "String", StringValue: traceHeader },
        }),
      }),
  ...(sequence === undefined ? {} : { SequenceNumber: sequence }),
});
