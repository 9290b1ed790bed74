import type { TagResourceRequest } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { taggedBy } from "../answers.ts";
import { demand } from "../check.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { tagsPath, tags as tagsShape } from "../shapes.ts";

export const tagResource = {
  name: "TagResource",
  method: "POST",
  path: tagsPath,
  status: 204,
  input: record({ ResourceArn: text, tags: tagsShape }),
  run({ store }, input) {
    const { tags, touch } = taggedBy(store, input.ResourceArn!);
    for (const [key, value] of Object.entries(demand(input.tags, "tags"))) tags.set(key, value);
    touch();
    return undefined;
  },
} satisfies Operation<Rest<TagResourceRequest>>;
