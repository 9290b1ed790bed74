import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { arn } from "../validation/shapes.ts";
import { taggedBy } from "./tags.ts";

export const listTagsForResource = {
  name: "ListTagsForResource",
  input: structure("ListTagsForResourceRequest", { ResourceARN: required(arn) }),
  run: ({ store }, { ResourceARN }) => ({
    Tags: [...taggedBy(store, ResourceARN!).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
} satisfies Operation<Wire<ListTagsForResourceRequest>, Wire<ListTagsForResourceResponse>>;
