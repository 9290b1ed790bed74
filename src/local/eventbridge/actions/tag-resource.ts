import type { TagResourceRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { arn, tags } from "../validation/shapes.ts";
import { addTags, taggedBy } from "./tags.ts";

export const tagResource = {
  name: "TagResource",
  input: structure("TagResourceRequest", { ResourceARN: required(arn), Tags: required(tags) }),
  run({ store }, { ResourceARN, Tags }) {
    const { tags, touch } = taggedBy(store, ResourceARN!);
    addTags(tags, Tags!);
    touch();
    return {};
  },
} satisfies Operation<Wire<TagResourceRequest>>;
