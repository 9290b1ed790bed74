import type { UntagResourceRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { list, required, structure } from "../validation/shape.ts";
import { arn, tagKey } from "../validation/shapes.ts";
import { taggedBy } from "./tags.ts";

export const untagResource = {
  name: "UntagResource",
  input: structure("UntagResourceRequest", { ResourceARN: required(arn), TagKeys: required(list(tagKey)) }),
  run({ store }, { ResourceARN, TagKeys }) {
    const { tags, touch } = taggedBy(store, ResourceARN!);
    for (const key of TagKeys!) tags.delete(key);
    touch();
    return {};
  },
} satisfies Operation<Wire<UntagResourceRequest>>;
