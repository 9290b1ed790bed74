import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { taggedBy } from "../answers.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { tagsPath } from "../shapes.ts";

export const listTagsForResource = {
  name: "ListTagsForResource",
  method: "GET",
  path: tagsPath,
  status: 200,
  input: record({ ResourceArn: text }),
  run: ({ store }, { ResourceArn }) => ({ tags: Object.fromEntries(taggedBy(store, ResourceArn!).tags) }),
} satisfies Operation<Rest<ListTagsForResourceRequest>, Rest<ListTagsForResourceResponse>>;
